# The API as an image, for a Neo4j named by NEO4J_URI. CI runs the build stage's COPY and RUN lines without Docker.
FROM python:3.13-slim AS build
ENV VENV=/opt/civicgraph PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python3 -m venv .tools && python3 -m venv --without-pip "$VENV"
RUN .tools/bin/pip install --quiet --require-hashes -r requirements-build.lock
RUN .tools/bin/pip --python "$VENV/bin/python" install --quiet --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY schema schema
COPY graph graph
COPY seed seed
COPY api api
RUN .tools/bin/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
RUN .tools/bin/pip --python "$VENV/bin/python" install --quiet --no-deps --no-index dist/*.whl

FROM python:3.13-slim
ENV PATH=/opt/civicgraph/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
COPY --from=build /opt/civicgraph /opt/civicgraph
WORKDIR /tmp
USER 65532:65532
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=4s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["civicgraph", "serve", "--host", "0.0.0.0", "--port", "8000"]
