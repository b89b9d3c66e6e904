import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Runs one Neo4j server in folder HOME with settings file CONF and the password in file PASSWORD, until it is ended. */
public class Launcher {
    public static void main(String[] arguments) throws Exception {
        var server = new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
                .loadPropertiesFromFile(Path.of(arguments[1]))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        // At every start: so a lost password is replaced like a first one.
        server.database("system").executeTransactionally(
                "CREATE OR REPLACE USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                Map.of("password", Files.readString(Path.of(arguments[2]))));
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
