# The emulator as a container:
#
#     docker build --tag invoicexpress-emulator .
#     docker run --rm --publish 127.0.0.1:8080:8080 invoicexpress-emulator
#
# Its first line of output is JSON with a random key and control token. INVOICEXPRESS_EMULATOR_API_KEY and
# INVOICEXPRESS_EMULATOR_CONTROL_TOKEN override them, for Compose. Options follow the image's name; without
# options all data is kept in the volume /data.
#
# The digest decides, the tag is for readers. It is the index of all platforms of Python 3.13.16 on Debian 13, as
# github.com/fnordpojk/thermaestro (Dockerfile, commit 6f1586d) and other public builds of October 2026 pin it.
# `docker buildx imagetools inspect python:3.13-slim` prints the digest of the newest one.
FROM python:3.13-slim@sha256:bf44cdfcb76cd3b41e879bc058fc37ec5872002ccfde7fcb765e218cde0cd79c

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

# The lock first: its layer is rebuilt only when the lock changes.
WORKDIR /src
COPY requirements/demo.txt requirements/demo.txt
RUN python -m pip install --require-hashes -r requirements/demo.txt

COPY pyproject.toml README.md LICENSE ./
COPY generated generated
COPY overlays overlays
COPY emulator emulator
RUN python -m pip install --no-deps --no-build-isolation .

# A numeric user, so that an orchestrator can verify that the container does not run as root.
RUN useradd --system --uid 10001 --no-create-home emulator && install --directory --owner=emulator /data
VOLUME /data
WORKDIR /data
USER 10001

EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=5s --retries=3 \
    CMD ["python", "-m", "invoicexpress_emulator", "--check-health"]
ENTRYPOINT ["python", "-m", "invoicexpress_emulator", "--host", "0.0.0.0"]
CMD ["--data", "/data/emulator.db"]
