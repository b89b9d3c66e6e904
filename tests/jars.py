"""Programs in Java that the tests run to their end, from jars fetched like those of Neo4j."""

import subprocess

from graph import jars


class Jars(jars.Jars):
    """What `folder`/pom.xml depends on, and the programs of one file beside it."""

    def run(self, source: str, *arguments: str) -> str:
        """What that program prints; it must end well."""
        self.fetch()
        command = [*self.command(source, "-Xmx1g", "-XX:TieredStopAtLevel=1"), *arguments]
        told = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert told.returncode == 0, told.stderr[-3000:]
        return told.stdout
