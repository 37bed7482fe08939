# syntax=docker/dockerfile:1
# One file, two products: `--target chat` and `--target render`. `migrate` is the chat image with another command.

FROM python:3.12-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/app/.venv/bin:$PATH
WORKDIR /app

# --- each product's locked packages, hashes checked ----------------------------------------------
FROM base AS build
COPY requirements.lock ./
# uv itself from the lock too: its line and the hashes below it.
RUN sed -n '/^uv==/,/^[a-z]/{/^uv==\|--hash/p}' requirements.lock > uv.txt \
    && pip install --no-cache-dir --no-deps --require-hashes --requirement uv.txt \
    && python -m venv --without-pip .venv

FROM build AS build-chat
COPY requirements-chat.lock ./
RUN uv pip sync --no-cache --python .venv/bin/python --require-hashes requirements-chat.lock

FROM build AS build-render
COPY requirements-render.lock ./
RUN uv pip sync --no-cache --python .venv/bin/python --require-hashes requirements-render.lock

# --- the products --------------------------------------------------------------------------------
FROM base AS runtime
RUN useradd --create-home --uid 10001 lectern
USER lectern
ENV PORT=8080
EXPOSE 8080

FROM runtime AS render
COPY --from=build-render /app/.venv /app/.venv
COPY --chown=root:root course /app/course
COPY --chown=root:root render_service /app/render_service
CMD ["sh", "-c", "exec uvicorn render_service.server:app --host 0.0.0.0 --port $PORT --timeout-graceful-shutdown 8"]

FROM runtime AS chat
COPY --from=build-chat /app/.venv /app/.venv
COPY --chown=root:root course /app/course
COPY --chown=root:root agents /app/agents
COPY --chown=root:root chat_app /app/chat_app
COPY --chown=root:root migrations /app/migrations
COPY --chown=root:root alembic.ini chainlit.md /app/
COPY --chown=root:root public /app/public
COPY --chown=root:root .chainlit /app/.chainlit
# Behind Cloud Run's front end; 2 behind a load balancer as well.
ENV LECTERN_CHAT_PROXIES=1
CMD ["sh", "-c", "exec uvicorn chat_app.server:app --host 0.0.0.0 --port $PORT --no-proxy-headers --timeout-graceful-shutdown 8"]
