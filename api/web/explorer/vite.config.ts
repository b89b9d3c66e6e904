// One script and one sheet with plain names, the same bytes at every build: `dist` is committed, so Python alone serves it.
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "es2022",
    modulePreload: false,
    cssCodeSplit: false,
    rollupOptions: {
      input: "src/main.ts",
      output: { entryFileNames: "explorer.js", assetFileNames: "explorer[extname]", format: "es", codeSplitting: false },
    },
  },
});
