FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

# The locked packages first: this layer changes only with the lock.
COPY requirements/run.txt requirements/run.txt
RUN python -m pip install --require-hashes --requirement requirements/run.txt

# PDF and PNG of the maps need a font with Chinese letters.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/*

COPY . .
RUN python -m pip install --no-deps --no-build-isolation . \
    && useradd --system --uid 10001 --no-create-home graphsvc \
    && install --directory --owner=graphsvc --group=graphsvc --mode=0700 /data

USER graphsvc
VOLUME /data
ENV GRAPHSVC_STORE_URL=sqlite:////data/graphsvc.db

HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
CMD ["graphsvc", "serve"]
