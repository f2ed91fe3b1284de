use std::sync::LazyLock;

use jieba_rs::HmmModel;
use proptest::prelude::*;

use super::*;
use crate::text::Simplifier;

fn shipped() -> Dictionary {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/dictionary.mz");
    Dictionary::read("dictionary", &std::fs::read(path).unwrap()).unwrap()
}

/// What jieba-rs cuts with a model of its own, or with one that says the same as ours.
fn cut_by_jieba(jieba: &Jieba, text: &str) -> Vec<(Range<usize>, String)> {
    jieba.tag(text, true).into_iter().map(|word| (word.start..word.end, word.tag.to_owned())).collect()
}

fn cut_by_us(segmenter: &Segmenter, simplifier: &Simplifier, text: &str) -> Vec<(Range<usize>, String)> {
    let text = simplifier.normalize(text);
    let words = segmenter.words(&text, 0..text.len());
    words.into_iter().map(|word| (word.chars, segmenter.tag(word.tag).to_owned())).collect()
}

fn jieba(dictionary: &Dictionary) -> Jieba {
    let mut jieba = Jieba::empty();
    jieba.load_dict(&mut dictionary.lines.as_bytes()).unwrap();
    jieba
}

/// A model for jieba-rs in the form that it reads.
fn written(emissions: &Emissions) -> HmmModel {
    let mut lines = "-0.26268660809250016 -3.14e+100 -3.14e+100 -1.4652633398537678
-3.14e+100 -0.510825623765990 -0.916290731874155 -3.14e+100
-0.5897149736854513 -3.14e+100 -3.14e+100 -0.8085250474669937
-3.14e+100 -0.33344856811948514 -1.2603623820268226 -3.14e+100
-0.7211965654669841 -3.14e+100 -3.14e+100 -0.6658631448798212
"
    .to_owned();
    for state in 0..4 {
        let pairs = ('\u{4E00}'..='\u{9FD5}').map(|c| format!("{c}:{:?}", emissions.of(c)[state]));
        lines += &pairs.collect::<Vec<_>>().join(",");
        lines.push('\n');
    }
    HmmModel::load(&mut lines.as_bytes()).unwrap()
}

/// Our segmenter, and jieba's with the same numbers.
static BOTH: LazyLock<(Segmenter, Jieba, Simplifier)> = LazyLock::new(|| {
    let dictionary = shipped();
    let mut jieba = jieba(&dictionary);
    jieba.set_hmm_model(written(&dictionary.emissions));
    let simplifier = dictionary.simplifier.clone();
    (Segmenter::new(dictionary), jieba, simplifier)
});

#[test]
fn nothing_but_rounding_parts_it_from_jieba() {
    let (segmenter, _, simplifier) = &*BOTH;
    let jieba = jieba(&shipped());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/www/index.html");
    let page = std::fs::read_to_string(path).unwrap();
    let (mut same, mut all) = (0, 0);
    for line in page.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()) {
        let theirs = cut_by_jieba(&jieba, line);
        let ours = cut_by_us(segmenter, simplifier, line);
        all += theirs.len();
        same += theirs.iter().filter(|word| ours.contains(word)).count();
    }
    assert!(all > 2000 && same * 1000 >= all * 998, "{same} of {all}");
}

#[test]
fn words_of_no_dictionary() {
    let (segmenter, _, simplifier) = &*BOTH;
    let words = |text: &str| {
        let text = simplifier.normalize(text);
        let words = segmenter.words(&text, 0..text.len());
        words
            .into_iter()
            .map(|word| text.chars[word.chars].iter().collect::<String>())
            .collect::<Vec<_>>()
            .join("/")
    };
    assert_eq!(words("杭研大厦"), "杭研/大厦");
    assert_eq!(words("增长3.5%以上"), "增长/3.5%/以上");
    assert_eq!(words("GB/T-2023_1.0版"), "GB///T-2023_1.0/版");
}

proptest! {
    #[test]
    fn with_the_same_numbers_it_cuts_as_jieba_does(
        text in "([一-龥]|[的是在市县区局长王李张刘陈]|[兴华建国志明海文]|[0-9A-Za-z]|[+#&._%-]|[㐀-㐃𠀀鿕鿖]|[,。、:!(]){0,40}",
    ) {
        let (segmenter, jieba, simplifier) = &*BOTH;
        let simplified: String = simplifier.normalize(&text).chars.iter().collect();
        prop_assert_eq!(cut_by_us(segmenter, simplifier, &simplified), cut_by_jieba(jieba, &simplified));
    }
}
