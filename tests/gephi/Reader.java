import java.io.File;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.Node;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/** Reads graph files as Gephi does, with its own settings, and prints what is then in the graph, one thing a line. */
public class Reader {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            Graph graph = read(new File(file));
            for (Node node : graph.getNodes()) {
                System.out.println(String.join("\t", file, "node", (String) node.getId(), oneLine(node.getLabel())));
            }
            for (Edge edge : graph.getEdges()) {
                String ends = edge.getSource().getId() + "\t" + edge.getTarget().getId();
                String told = edge.getId() + "\t" + ends + "\t" + edge.isDirected() + "\t" + oneLine(edge.getLabel());
                System.out.println(String.join("\t", file, "edge", told));
            }
        }
        System.exit(0); // the toolkit leaves threads behind
    }

    private static Graph read(File file) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        Workspace workspace = projects.getCurrentWorkspace();
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        Container container = importer.importFile(file);
        importer.process(container, new DefaultProcessor(), workspace);
        return Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace).getGraph();
    }

    private static String oneLine(String label) {
        return label == null ? "" : label.replaceAll("\\s+", " ");
    }
}
