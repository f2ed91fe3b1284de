"""Draws paragraphs of ../shared/data/raw_* for the unseen checks of who is who, by chance alone:
none that the models learned names from by reading, and for `any` of those that hold a reference or
an office, for `local` of those that name an office or a body of a city, a county, a town or a
village, for `references` of those that hold one. Prints source, checksum and text; what is annotated is kept stand-off, without the text.

    python3 tests/resolution/choose.py ../shared any > unseen.txt
    python3 tests/resolution/choose.py ../shared local > local.txt
    python3 tests/resolution/choose.py ../shared references > references.txt
"""

import json
import random
import re
import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
from house import sources  # noqa: E402

LENGTH = {"any": (40, 320), "local": (40, 220), "references": (40, 160)}
SEED = {"any": 20261123, "local": 20261129, "references": 20261130}
SHARES = {
    "any": {"raw_xwlb": 24, "raw_gov_reports": 6},
    "local": {"raw_xwlb": 36},
    "references": {"raw_xwlb": 22, "raw_gov_reports": 2},
}
HOLDS = {
    "any": re.compile(
        "[我全本该][省市县区州][^场域民]|省委|市委|县委|区委|书记|省长|市长|县长|区长|州长|局长|厅长|部长|主席|主任|院长|校长|总统|总理|首相|大使|总裁|董事长|经理|教授|队长|会长|秘书长"
    ),
    "local": re.compile(
        "[市县区镇乡村][^，。、]{0,6}(书记|常委|市长|县长|区长|镇长|局长|主任|院长|检察长|主席|支队长|大队长)"
        "|[市县区](委|政府|人大|政协|妇联|总工会)[^员托]"
    ),
    # The second: a body behind what is no name.
    "references": re.compile(
        "[我全本该][省市县区州镇][^场域民委]|[，。、；“和与由被经在向对从据按照将][省市县区](委|政府|纪委|监委|妇联|公安局|教育局)"
    ),
}


def main(data, which):
    read = {row["sha256"] for row in sources.read_files(Path(__file__).parents[2] / "training" / "house")}
    chance = random.Random(SEED[which])
    shortest, longest = LENGTH[which]
    for name, count in SHARES[which].items():
        pool = []
        for line in sources.lines(sources.raw_of(data, name)):
            row = json.loads(line)
            text = row["text"]
            if row["kind"] == "para" and shortest <= len(text) <= longest and HOLDS[which].search(text):
                if sources.fingerprint(text) not in read:
                    pool.append((f"{name}:{row['doc']}", text))
        for source, text in chance.sample(pool, count):
            print(f"{source}\t{zlib.crc32(text.encode()):08x}\t{text}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
