#!/bin/sh
# From the labelled sets (CHANCERY_DATA, default ../../shared/data) to models/reader.chm. One core, about two hours.
set -e
cd "$(dirname "$0")"
export OMP_NUM_THREADS=1
mkdir -p work
# 1. a first reader: EWT, GUM, CrossNER
.venv/bin/python train.py --out work/v1.pt --steps 1800 --stop 1200 --eval-every 600 --sources ewt,gum,crossner
# 2. silver names on EWT, typed by the first reader
.venv/bin/python silver.py work/v1.pt work/silver.jsonl
# 3. the reader: on from the first one, with all sources
.venv/bin/python train.py --out work/v2.pt --from work/v1.pt --silver work/silver.jsonl --steps 3400 --lr 1.2e-4 --head-lr 1e-3 --warm 0.03
# 4. the engine's file, scored with the engine's arithmetic
.venv/bin/python export.py work/v2.pt ../models/reader.chm --name "chancery reader 1"
.venv/bin/python reference.py ../models/reader.chm --score
