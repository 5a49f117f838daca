ARG BASE=python:3.12-slim-bookworm

# The builder makes the wheel and an environment that holds it; none of its tools reach the final image.
FROM ${BASE} AS builder
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/venv
COPY requirements.lock ./
RUN /opt/venv/bin/pip install -r requirements.lock
COPY pyproject.toml ./
COPY bot bot
COPY knowledge knowledge
RUN python -m pip wheel --no-deps --wheel-dir /wheels . \
    && /opt/venv/bin/pip install --no-deps /wheels/*.whl

# Secrets are never part of the image: they come at start, from the environment or from mounted files.
FROM ${BASE}
RUN useradd --system --uid 10001 --create-home --shell /usr/sbin/nologin plainly
COPY --from=builder /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /home/plainly
USER 10001
ENTRYPOINT ["python", "-m", "bot"]
CMD ["telegram"]
