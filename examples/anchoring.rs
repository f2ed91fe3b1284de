//! How many anchors survive edits: describes every mention of the demo page's stories, edits each
//! story in made ways, and looks for them again.
//!
//! `cargo run --release --example anchoring`

#[path = "../tests/common/edits.rs"]
mod edits;

use std::error::Error;

use edits::{Edit, Edited};
use mingzhu::anchor::{Anchor, Text, describe, find};
use mingzhu::{Annotator, Assets, OffsetUnit};
use scraper::{Html, Selector};

/// Stories are edited so often in each way.
const ROUNDS: usize = 20;

/// What is put into stories.
const FRESH: [&str; 4] = [
    "据气象部门预计，未来三天全省大部有小到中雨，局地有雷雨大风，请注意防范。",
    "与会人员还观看了专题片，听取了有关部门的工作汇报，并进行了深入交流。",
    "图为活动现场。本报记者摄。",
    "下一步，各地各部门将加强协作，完善机制，推动各项任务落到实处、见到成效。",
];

#[derive(Clone, Copy, Default)]
struct Count {
    whole: usize,
    found: usize,
    copy: usize,
    gone: usize,
    wrong: usize,
}

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as usize
    }

    fn edit(&mut self, way: usize) -> Edit {
        let (at, other) = (self.next(), self.next());
        let text = FRESH[self.next() % FRESH.len()].to_owned();
        match way {
            0 => Edit::Insert { at, text },
            1 => Edit::Delete { at },
            2 => Edit::Move { from: at, to: other },
            3 => Edit::Copy { from: at, to: other },
            4 => {
                let by = text.chars().skip(self.next() % 8).take(self.next() % 8).collect();
                Edit::Replace { at, from: other, length: self.next() % 8, by }
            }
            5 => Edit::Split { at, inside: other },
            6 => Edit::Join { at },
            _ => {
                let way = self.next() % 7;
                self.edit(way)
            }
        }
    }
}

const WAYS: [(&str, usize, usize); 8] = [
    ("3 paragraphs put in", 0, 3),
    ("3 paragraphs taken away", 1, 3),
    ("3 paragraphs moved", 2, 3),
    ("1 paragraph copied", 3, 1),
    ("20 times some words changed", 4, 20),
    ("3 paragraphs split", 5, 3),
    ("3 paragraphs joined", 6, 3),
    ("12 edits of all sorts", 7, 12),
];

fn main() -> Result<(), Box<dyn Error>> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = |name: &str| std::fs::read(root.join("assets").join(name));
    let (dictionary, gazetteer, model) = (file("dictionary.mz")?, file("gazetteer.mz")?, file("model.mz")?);
    let assets = Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model };
    let annotator = Annotator::load(assets)?;
    let stories: Vec<(String, Vec<Anchor>)> =
        stories(&std::fs::read_to_string(root.join("www/index.html"))?)?
            .into_iter()
            .map(|story| Ok((anchors(&annotator, &story)?, story)).map(|(anchors, story)| (story, anchors)))
            .collect::<Result<_, mingzhu::Error>>()?;
    println!("| edits of each story | anchors | still whole | found | in a copy | orphaned | wrong |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut numbers = Numbers(20_261_123);
    for (name, way, times) in WAYS {
        let mut count = Count::default();
        let mut anchored = 0;
        for _ in 0..ROUNDS {
            for (story, anchors) in &stories {
                let mut edited = Edited::new(story);
                (0..times).for_each(|_| edited.apply(&numbers.edit(way)));
                anchored += anchors.len();
                look(&edited, anchors, &mut count);
            }
        }
        let Count { whole, found, copy, gone, wrong } = count;
        println!("| {name} | {anchored} | {whole} | {found} | {copy} | {gone} | {wrong} |");
    }
    Ok(())
}

fn look(edited: &Edited, anchors: &[Anchor], count: &mut Count) {
    let text = Text::new(&edited.text());
    for anchor in anchors {
        let now = anchor.position.clone().and_then(|span| edited.now(span));
        count.whole += usize::from(now.is_some());
        match find(&text, anchor) {
            Ok(found) if Some(&found.span) == now.as_ref() => count.found += 1,
            Ok(found) if anchor.position.iter().any(|was| edited.comes_from(&found.span, was)) => {
                count.copy += 1;
            }
            Ok(found) => {
                count.wrong += 1;
                eprintln!("{anchor:?} is at {found:?} in\n{}", edited.text());
            }
            Err(_) => count.gone += 1,
        }
    }
}

fn anchors(annotator: &Annotator, story: &str) -> Result<Vec<Anchor>, mingzhu::Error> {
    let article = annotator.annotate(story)?.with_unit(story, OffsetUnit::CodePoints);
    let text = Text::new(story);
    let spans = article.mentions.iter().map(|mention| mention.start as usize..mention.end as usize);
    Ok(spans.filter_map(|span| describe(&text, span)).collect())
}

/// The stories of a page: their headings and paragraphs.
fn stories(html: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let html = Html::parse_document(html);
    let (article, block) = (Selector::parse("article")?, Selector::parse("h1, h2, h3, p")?);
    let text = |story: scraper::ElementRef| {
        let blocks = story.select(&block).map(|block| block.text().collect::<String>().trim().to_owned());
        blocks.filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n\n")
    };
    Ok(html.select(&article).map(text).filter(|text| !text.is_empty()).collect())
}
