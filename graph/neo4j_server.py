"""Neo4j itself without Docker: its published jars, run as a local child process, behind Bolt."""

from pathlib import Path

from graph.engine_folder import HOST, NEO4J, write_private
from graph.engine_process import START_LOG
from graph.jars import Jars
from graph.memory import share
from graph.supervised import Supervised

JARS = Jars(Path(__file__).parent / "neo4j")
HOME, CONF = "neo4j", "neo4j.conf"
READY = "ready"  # what the launcher prints once the password is set

# As docker-compose.yml hardens its image, but for memory and time: a person's machine has other things to do.
HARDENED = """\
server.bolt.enabled=true
server.bolt.listen_address={host}:{port}
dbms.security.auth_enabled=true
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
dbms.security.procedures.allowlist=
dbms.usage_report.enabled=false
db.logs.query.enabled=OFF
server.memory.pagecache.size={pages}m
db.transaction.timeout=60s
db.memory.transaction.max=256m
"""
# Who starts fast fills and empties a small graph: every change of its counts would have all texts planned anew.
KEEPS_PLANS = "dbms.cypher.min_replan_interval=1h\n"


class Neo4jServer(Supervised):
    """Neo4j's community edition in a folder; all that is its own lies in `neo4j` there."""

    kind = NEO4J
    heap = (4, 1024, 4096)  # a quarter of the memory, in megabytes
    pages = (8, 64, 4096)
    log = f"{HOME}/logs/debug.log"

    def _equip(self) -> None:
        JARS.fetch()

    def _sizes(self) -> dict[str, int]:
        return {}  # it looks after its files itself, and does make them smaller

    def _prepare(self) -> None:
        (self.folder / HOME).mkdir(mode=0o700, exist_ok=True)

    def _command(self) -> list[str]:
        conf = self.folder / CONF
        settings = HARDENED + (KEEPS_PLANS if self._launch.fast_start else "")
        write_private(conf, settings.format(host=HOST, port=self._launch.bolt, pages=share(*self.pages)))
        options = [
            f"-Xmx{self._launch.heap}",
            *(["-XX:TieredStopAtLevel=1"] if self._launch.fast_start else []),
            "-XX:+ExitOnOutOfMemoryError",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
        ]
        named = (self.folder / HOME, conf, self.folder / self.kind.password_file)
        return [*JARS.command("Launcher.java", *options), *map(str, named)]

    def _answers(self) -> bool:
        # Asked before its password is set it would count a failed login, and lock us out after three.
        told = (self.folder / START_LOG).read_text(encoding="utf-8", errors="replace").splitlines()
        return READY in told and super()._answers()
