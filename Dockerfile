# Build: the program and what it needs, in the versions of the lock file, into one folder.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md ./
COPY bot bot
COPY dialogs dialogs
COPY storage storage
COPY adapters adapters
COPY manifest manifest
RUN python -m venv /app
RUN /app/bin/python -m pip install --no-cache-dir --no-compile -c constraints.txt .
RUN /app/bin/python -m compileall -q /app/lib

# Run: nobody's rights, nothing to write but /data (SQLite) and /tmp.
FROM python:3.11-slim
COPY --from=build /app /app
RUN useradd --system --uid 10001 --no-create-home natverksbot && install -d -o 10001 /data
ENV PATH=/app/bin:$PATH PYTHONDONTWRITEBYTECODE=1 NATVERKSBOT_HOST=0.0.0.0 DATABASE_URL=sqlite:////data/natverksboten.sqlite
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 3978
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:3978/readyz', timeout=4)"]
CMD ["natverksbot", "serve"]
