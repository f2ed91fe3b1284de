"""Draws paragraphs of ../shared/data/raw_* for the unseen check of who is who, by chance alone:
of those that hold a reference or an office, `COUNT`, and none that the models learned names from
by reading. Prints source, checksum and text; what is annotated is kept stand-off, without the text.

    python3 tests/resolution/choose.py ../shared > unseen.txt
"""

import json
import random
import re
import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
from house import sources  # noqa: E402

SEED = 20261123
COUNT = 30
SHARES = {"raw_xwlb": 24, "raw_gov_reports": 6}
LENGTH = (40, 320)
HOLDS = re.compile(
    "[我全本该][省市县区州][^场域民]|省委|市委|县委|区委|书记|省长|市长|县长|区长|州长|局长|厅长|部长|主席|主任|院长|校长|总统|总理|首相|大使|总裁|董事长|经理|教授|队长|会长|秘书长"
)


def main(data):
    read = {row["sha256"] for row in sources.read_files(Path(__file__).parents[2] / "training" / "house")}
    chance = random.Random(SEED)
    for name, count in SHARES.items():
        pool = []
        for line in sources.lines(sources.raw_of(data, name)):
            row = json.loads(line)
            text = row["text"]
            if row["kind"] == "para" and LENGTH[0] <= len(text) <= LENGTH[1] and HOLDS.search(text):
                if sources.fingerprint(text) not in read:
                    pool.append((f"{name}:{row['doc']}", text))
        for source, text in chance.sample(pool, count):
            print(f"{source}\t{zlib.crc32(text.encode()):08x}\t{text}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
