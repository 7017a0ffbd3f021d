# syntax=docker/dockerfile:1

# One binary with everything in it: SQLite, libpq and OpenSSL are compiled in, which takes make, perl and a C compiler.
FROM rust:1-slim-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev make perl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# The caches stay on the machine that builds, and out of the image.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --release --package app --bin ease \
    && cp target/release/ease /usr/local/bin/ease

FROM debian:bookworm-slim
# The certificates are for a database that is reached over TLS.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 ease \
    && useradd --system --uid 10001 --gid ease --home-dir /data --no-create-home --shell /usr/sbin/nologin ease \
    && install --directory --owner=ease --group=ease --mode=0700 /data
COPY --from=build /usr/local/bin/ease /usr/local/bin/ease

USER ease
# Relative paths, such as `config/ease.toml`, begin here.
WORKDIR /data
VOLUME /data
# PORT, not EASE_LISTEN: a hosting platform that sets PORT then wins.
ENV DATABASE_URL=sqlite:///data/ease.db \
    PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 CMD ["ease", "healthcheck"]
ENTRYPOINT ["ease"]
CMD ["serve"]
