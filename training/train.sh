#!/bin/sh
# From the labelled sets (CHANCERY_DATA, default ../../shared/data) to models/reader.chm. One core, about three hours and a half.
set -e
cd "$(dirname "$0")"
export OMP_NUM_THREADS=1
mkdir -p work
# 1. a first reader: EWT, GUM, CrossNER
.venv/bin/python train.py --out work/v1.pt --steps 1800 --stop 1200 --eval-every 600 --sources ewt,gum,crossner
# 2. silver names on EWT, typed by the first reader
.venv/bin/python silver.py work/v1.pt work/silver.jsonl
# 3. the second reader: on from the first one, with re3d and MEANTIME; better silver from it
.venv/bin/python train.py --out work/v2.pt --from work/v1.pt --silver work/silver.jsonl --steps 3400 --stop 1600 --lr 1.2e-4 --head-lr 1e-3 --warm 0.03 --sources ewt,gum,crossner,re3d,meantime
.venv/bin/python silver.py work/v2.pt work/silver2.jsonl
# 4. the reader: all sources, down to a learning rate of nothing
.venv/bin/python train.py --out work/v3.pt --from work/v2.pt --silver work/silver2.jsonl --swaps --steps 2000 --lr 8e-5 --head-lr 8e-4 --warm 0.02 --names-weight 1.5
# 5. all heads at once: also who said what (PolNeAR; WITHOUT_POLNEAR=1 leaves it out) and who is who. CHANCERY: the program, which cuts the texts into tokens
.venv/bin/python joint.py --out work/v4.pt --from work/v3.pt --silver work/silver2.jsonl --steps 5400 ${WITHOUT_POLNEAR:+--without-polnear}
# 6. the engine's file, with a sixth of the reader before (its trees are a little better), scored with the engine's arithmetic
.venv/bin/python export.py work/v4.pt ../models/reader.chm --name "chancery reader 2" --caution 1.5 --blend work/v3.pt 0.16
.venv/bin/python reference.py ../models/reader.chm --score
