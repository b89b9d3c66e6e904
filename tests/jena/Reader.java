import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWrapper;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.core.Quad;

/** Reads each file as riot does, by its ending; beside it come its triples, whatever graph they stand in, as N-Triples. */
public class Reader {
    public static void main(String[] paths) throws Exception {
        for (String path : paths) {
            try (OutputStream lines = Files.newOutputStream(Path.of(path + ".read"))) {
                StreamRDF triples = new StreamRDFWrapper(StreamRDFWriter.getWriterStream(lines, Lang.NTRIPLES)) {
                    @Override
                    public void quad(Quad quad) {
                        triple(quad.asTriple());
                    }
                };
                RDFParser.source(path).strict(true).parse(triples);
                triples.finish(); // the reader of JSON-LD does not
            }
        }
    }
}
