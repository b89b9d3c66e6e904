// One script with a plain name, the same bytes at every build: `dist` is committed, so Python alone serves it.
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "es2022",
    modulePreload: false,
    rollupOptions: {
      input: "src/main.ts",
      output: { entryFileNames: "editor.js", format: "es", codeSplitting: false },
    },
  },
});
