"""Which paragraphs are worth reading: those where a tagger is unsure or at odds with the labels
at hand, spread over sources, years and kinds of story, and some by chance."""

import json
import math
import random
import re
import subprocess
import unicodedata
from collections import Counter
from typing import NamedTuple

from house import sources
from house.markup import KINDS, Passage

BATCH = 100
MEETINGS = ("习近平|李克强|李强|赵乐际|王沪宁|蔡奇|丁薛祥|李希|韩正|栗战书|汪洋|王岐山|王毅|总书记|政治局|国务委员|常委会|"
            "会见|会谈|贺电|致电|致辞|国事访问")
POOLS = {"raw_xwlb": 15000, "msra": 6000, "pfr199801": 6000}
"""How many paragraphs the tagger looks at, drawn by chance; all of the other sources."""
LENGTHS = {"raw_xwlb": (30, 260), "raw_gov_reports": (30, 260)}
OTHER_LENGTHS = (16, 260)
COURT = 3808
"""Where in pd_role the court judgments begin."""

LABELS = {
    "msra": {"PER": "PER", "ORG": "ORG"},
    "pfr199801": {"NR": "PER", "NT": "ORG"},
    "cluener": {"NAME": "PER", "GOVERNMENT": "ORG", "ORGANIZATION": "ORG", "COMPANY": "ORG"},
    "resume": {"NAME": "PER", "ORG": "ORG"},
    "uner_gsdsimp": {"PER": "PER", "ORG": "ORG", "LOC": "PLACE"},
    "pd_role": {"PER": "PER"},
}
"""What the corpora mean nearly as the house does, so that a difference tells of a mistake."""

STORIES = {
    "courts": "法院|检察|公安|警方|起诉|判决|案件|犯罪|诈骗|律师",
    "sports": "比赛|决赛|冠军|锦标赛|联赛|奥运|冬奥|亚运|运动员|金牌|球队|世界杯",
    "companies": "公司|集团|企业|银行|股份|工厂|车间|生产线",
    "culture": "博物馆|剧院|演出|艺术|展览|电影|非遗|文物|考古|音乐|图书|戏曲",
    "science": "科研|研究所|研究院|卫星|航天|实验室|院士|科学家|探测|芯片",
    "disasters": "救援|地震|洪水|台风|火灾|遇难|事故|受灾|暴雨|爆炸|防汛",
    "health": "医院|医生|疫苗|病例|患者|疾控|卫健|医疗|健康",
    "education": "学校|大学|学生|高校|教师|教育|中学|小学",
    "military": "部队|官兵|军队|海军|空军|陆军|战机|舰|武警|导弹|国防",
    "agriculture": "农业|种植|粮食|小麦|玉米|村民|农民|农村|合作社|丰收|村",
    "foreign": "总统|总理|外交|联合国|当地时间|美国|俄罗斯|欧盟|以色列|日本|国际",
    "transport": "铁路|高铁|机场|港口|航班|公路|列车|地铁|桥",
    "party": "习近平|中共中央|总书记|政治局|全国人大|全国政协|党",
}


class Round(NamedTuple):
    """One choice of paragraphs, after all earlier ones."""

    first: int
    """The number of its first batch."""
    seed: int
    counts: dict
    by_chance: float
    organization: float
    """What each organization found counts for, sure or not."""
    television_without: str
    """A pattern of what the television news need not tell again; "" for nothing."""


ROUNDS = {
    1: Round(1, 20260901, {"raw_xwlb": 900, "raw_gov_reports": 200, "cluener": 700, "msra": 150, "pfr199801": 150,
                           "uner_gsdsimp": 150, "pd_role": 100, "resume": 50}, 1 / 3, 0.3, ""),
    2: Round(25, 2, {"raw_xwlb": 750, "raw_gov_reports": 150, "cluener": 500, "msra": 50, "pfr199801": 50,
                     "uner_gsdsimp": 100}, 1 / 6, 0.6, MEETINGS),
}


class Paragraph(NamedTuple):
    source: str
    text: str
    labels: list

    @property
    def corpus(self):
        return re.split("[/:]", self.source)[0]


def pools(data, of_round, rng):
    """The paragraphs of every source that may be chosen at all."""
    for corpus, count in of_round.counts.items():
        shortest, longest = LENGTHS.get(corpus, OTHER_LENGTHS)
        rows = list(raw(data, corpus) if corpus.startswith("raw_") else labelled(data, corpus))
        rows = [row for row in rows if shortest <= len(row.text) <= longest and usable(row.text)]
        if corpus == "raw_xwlb" and of_round.television_without:
            rows = [row for row in rows if not re.search(of_round.television_without, row.text)]
        if len(rows) > POOLS.get(corpus, len(rows)):
            rows = rng.sample(rows, POOLS[corpus])
        yield corpus, count, rows


def usable(text):
    return not re.search("[⟦⟧\n]", text) and len(re.findall("[\u4e00-\u9fff]", text)) > len(text) / 2


def raw(data, name):
    for line in sources.lines(sources.raw_of(data, name)):
        row = json.loads(line)
        if row["kind"] == "para":
            yield Paragraph(f"{name}:{row['doc']}", row["text"], None)


def labelled(data, corpus):
    kinds = LABELS[corpus]
    for number, line in enumerate(sources.lines(sources.split_of(data, corpus, "train"))):
        if corpus != "pd_role" or number >= COURT:
            row = json.loads(line)
            labels = [(a, b, kinds[k]) for a, b, k in row["entities"] if k in kinds]
            yield Paragraph(f"{corpus}/train:{number}", row["text"], labels)


def plain(text):
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def runs(text, length):
    return {text[i : i + length] for i in range(len(text) - length + 1)}


class Kept:
    """What must not be chosen: nothing of the texts for measuring, nothing twice."""

    RUN, SHORT, PIECE = 16, 12, 8

    def __init__(self, data, chosen):
        self.forbidden, self.short, self.seen = set(), set(), set()
        for path in sorted((data / "data").glob("*/*.jsonl.gz")):
            if path.name.split(".")[0] in ("dev", "test"):
                for line in sources.lines(path):
                    self.forbid(json.loads(line)["text"])
        for name in ("dev", "seed"):
            with open(data / "gold" / f"{name}.jsonl", encoding="utf-8") as file:
                for line in file:
                    self.forbid(json.loads(line)["text"])
        with open(data / "gold" / "train.jsonl", encoding="utf-8") as file:
            for line in file:
                self.seen |= runs(plain(json.loads(line)["text"]), self.PIECE)
        for text in chosen:
            self.seen |= runs(plain(text), self.PIECE)

    def forbid(self, text):
        text = plain(text)
        self.forbidden |= runs(text, self.RUN)
        if self.SHORT <= len(text) < self.RUN:
            self.short.add(text)

    def takes(self, text):
        """Whether the text is free and new; if so it is new no more."""
        text = plain(text)
        pieces = runs(text, self.PIECE)
        if runs(text, self.RUN) & self.forbidden or any(runs(text, n) & self.short for n in range(self.SHORT, self.RUN)):
            return False
        if len(pieces & self.seen) > 0.25 * len(pieces):
            return False
        self.seen |= pieces
        return True


def ask(mingzhu, rows, *options):
    """What the tagger says of each row."""
    lines = "".join(json.dumps({"id": str(i), "text": row.text}, ensure_ascii=False) + "\n" for i, row in enumerate(rows))
    done = subprocess.run([mingzhu, "annotate", "--jsonl", *options], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.decode().splitlines())}
    return [answers[str(i)] for i in range(len(rows))]


def guessed(answer):
    """The marks of a full answer, and the doubt in each."""
    kinds = {"official": "PER", "person": "PER", "place": "PLACE", "organization": "ORG", "org": "ORG"}
    spans = [(m["start"], m["end"], kinds[m["kind"]], m["score"]) for m in answer["mentions"]]
    spans += [(t["start"], t["end"], "TITLE", t["score"]) for t in answer["titles"]]
    return sorted(spans)


def doubt(row, spans, elsewhere, organization):
    """How much a reading of the paragraph may teach; doubt in organizations counts double."""
    weight = {"ORG": 2.0, "PER": 1.5, "PLACE": 1.0, "TITLE": 0.7}
    total = sum(weight[kind] * (1 - score) for _, _, kind, score in spans if score < 0.95)
    total += organization * sum(kind == "ORG" for _, _, kind, _ in spans)
    # Found by another guideline, by the house's not at all: perhaps missed.
    total += 1.0 * sum(kind in ("PER", "ORG") and all(b <= x or y <= a for x, y, *_ in spans) for a, b, kind in elsewhere)
    if row.labels is not None:
        known, kinds = set(row.labels), {kind for kind in LABELS[row.corpus].values()}
        ours = {(a, b, kind) for a, b, kind, _ in spans if kind in kinds}
        total += sum(weight[kind] for _, _, kind in known ^ ours)
    return total / math.sqrt(20 + len(row.text))


def story(text):
    return next((name for name, words in STORIES.items() if re.search(words, text)), "other")


def spread(rows, count, group, taken, limits):
    """`count` rows, by turns from each group, with no part over its limit."""
    queues = {}
    for row in rows:
        queues.setdefault(group(row), []).append(row)
    chosen, used = [], Counter()
    while queues and len(chosen) < count:
        for name in sorted(queues):
            while queues[name]:
                row = queues[name].pop(0)
                if used[year(row)] < limits and taken(row.text):
                    used[year(row)] += 1
                    chosen.append(row)
                    break
            if not queues[name]:
                del queues[name]
            if len(chosen) == count:
                break
    return chosen


def year(row):
    return row.source[:13] if row.labels is None else ""


def choose(data, mingzhu, of_round, chosen):
    """The batches: lists of (Paragraph, Passage with the tagger's guess); `chosen` are the texts of earlier rounds."""
    rng = random.Random(of_round.seed)
    kept = Kept(data, chosen)
    batches = [[] for _ in range(math.ceil(sum(of_round.counts.values()) / BATCH))]
    place = 0
    for corpus, count, rows in pools(data, of_round, rng):
        full = [guessed(answer) for answer in ask(mingzhu, rows, "--full")]
        msra = [answer["labels"] for answer in ask(mingzhu, rows, "--guideline", "msra")]
        doubts = [doubt(*of, of_round.organization) for of in zip(rows, full, msra)]
        order = sorted(range(len(rows)), key=lambda i: -(rng.random() ** (1 / (doubts[i] ** 2 + 1e-6))))
        spans = {row: found for row, found in zip(map(id, rows), full)}
        limit = count / 6 if corpus == "raw_xwlb" else count
        group = (lambda row: story(row.text)) if corpus == "raw_xwlb" else (lambda row: "")
        unsure = spread([rows[i] for i in order], round(count * (1 - of_round.by_chance)), group, kept.takes, limit)
        # A sentence without any name teaches little: chance gives enough of them in long text only.
        rest = [row for row in rows if row.corpus == "raw_xwlb" or spans[id(row)] or row.labels]
        rng.shuffle(rest)
        new = unsure + spread(rest, count - len(unsure), lambda row: "", kept.takes, limit)
        print(f"{corpus}: {len(new)} of {len(rows)}, {Counter(story(row.text) for row in new).most_common()}")
        for row in new:
            marks = [(a, b, KINDS[kind]) for a, b, kind, _ in spans[id(row)]]
            batches[place % len(batches)].append((row, Passage(row.text, marks)))
            place += 1
    for batch in batches:
        rng.shuffle(batch)
    return batches
