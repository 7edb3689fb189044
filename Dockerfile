# Steady Drip in a container. Secrets come in at run time, as files; none is built in.
# Pin the base by its digest when you build (docker buildx imagetools inspect python:3.11-slim-bookworm): no digest
# stands here because this file was written where no registry of images could be asked. For the same reason it has
# not been built there; tests/test_container.py reads it, and runs `check` on exactly the files that it copies.

FROM python:3.11-slim-bookworm AS packages
COPY requirements/run.txt /run.txt
RUN python -m venv /venv \
 && /venv/bin/python -m pip install --disable-pip-version-check --no-cache-dir --require-hashes -r /run.txt

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 drip \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin drip \
 && install -d -o 10001 -g 10001 /app/var
COPY --from=packages /venv /venv
COPY bot /app/bot
COPY cards /app/cards
COPY manifest /app/manifest
COPY prompts_library /app/prompts_library
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 STEADY_DRIP_HOST=0.0.0.0
USER 10001:10001
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
 CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:3978/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
