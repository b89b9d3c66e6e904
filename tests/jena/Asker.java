import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.tdb2.TDB2Factory;

/** Loads each file into a TDB2 store of its own, and prints the answer to the query in the first, as SPARQL JSON a line. */
public class Asker {
    public static void main(String[] paths) throws Exception {
        String query = Files.readString(Path.of(paths[0]));
        for (int i = 1; i < paths.length; i++) {
            Dataset store = TDB2Factory.createDataset();
            store.begin(ReadWrite.WRITE);
            RDFDataMgr.read(store, paths[i]);
            try (QueryExecution asked = QueryExecutionFactory.create(query, store)) {
                java.io.ByteArrayOutputStream told = new java.io.ByteArrayOutputStream();
                ResultSetFormatter.outputAsJSON(told, asked.execSelect());
                System.out.println(told.toString("UTF-8").replace("\n", " "));
            }
            store.commit();
            store.end();
        }
    }
}
