# groundup on torch's CPU build, as a user without rights. docs/HOSTING.md says how to run it.
FROM python:3.13-slim

ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore \
    PYTHONUNBUFFERED=1

WORKDIR /app
COPY deploy/torch-cpu.txt requirements.lock ./
# torch first and from its own index: the lock finds it there, and asks for no CUDA.
RUN pip install --no-deps --require-hashes -r torch-cpu.txt \
    && pip install --require-hashes -r requirements.lock

COPY app.py script.py ./
COPY app_pages ./app_pages
COPY .streamlit ./.streamlit
COPY groundup ./groundup
RUN python -m compileall -q . \
    && useradd --create-home --uid 1000 learner \
    && install --directory --owner=learner /rooms
USER learner

# Many share the copy, so the timings of the scale page get little (groundup/scale/measure.py).
# With an address to print, Streamlit does not ask the internet for its own at the start.
ENV GROUNDUP_MEMORY_MIB=128 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_SERVER_HEADLESS=true \
    STREAMLIT_BROWSER_SERVER_ADDRESS=localhost

EXPOSE 8501
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]

CMD ["python", "-m", "groundup", "run"]
