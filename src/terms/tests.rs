use std::ops::Range;

use proptest::prelude::*;

use super::*;
use crate::segment::{Dictionary, Emissions, Segmenter};
use crate::tagger::TaggedSpan;
use crate::text::{Normalized, sentences};

fn simplifier() -> Simplifier {
    Simplifier::new(vec![('劃', '划'), ('強', '强'), ('雲', '云'), ('澤', '泽')])
}

fn segmenter() -> Segmenter {
    let words =
        ["强调 v", "江城 ns", "江城市 ns", "大学 n", "今天 t", "主席 n", "妇联 n", "市民 n", "出席 v"];
    let lines = words.map(|word| word.replace(' ', " 900 ") + "\n").concat();
    let tags = ["n", "ns", "t", "v"].map(String::from).into();
    Segmenter::new(Dictionary { lines, tags, emissions: Emissions::default(), simplifier: simplifier() })
}

fn terms(known: &[(&str, Kind)]) -> Terms {
    let mut terms = Terms::default();
    terms.add(known.iter().map(|(text, kind)| Term::new(*text, *kind).unwrap()), &simplifier());
    terms
}

fn at(text: &Normalized, name: &str) -> Range<usize> {
    let name: Vec<char> = name.chars().collect();
    let start = text.chars.windows(name.len()).position(|window| window == name).unwrap();
    start..start + name.len()
}

/// What is marked in a text with these terms, when the model marks so.
fn placed(text: &str, marks: &[(&str, Label, f32)], known: &[(&str, Kind)]) -> Vec<(String, Label)> {
    let read = simplifier().normalize(text);
    let mut found: Vec<TaggedSpan> = (marks.iter())
        .map(|(name, label, score)| TaggedSpan { chars: at(&read, name), label: *label, score: *score })
        .collect();
    found.sort_by_key(|span| span.chars.start);
    let placed = terms(known).place(&read, &sentences(&read), found, &segmenter());
    placed.spans.into_iter().map(|span| (read.chars[span.chars].iter().collect(), span.label)).collect()
}

fn marked(name: &str, label: Label) -> Vec<(String, Label)> {
    vec![(name.to_owned(), label)]
}

const PERSON: [(&str, Kind); 1] = [("王强", Kind::Person)];

#[test]
fn a_term_is_found_and_beats_what_the_model_says_of_it() {
    let expected = marked("青禾计划", Label::Organization);
    let known = [("青禾计划", Kind::Organization)];
    assert_eq!(placed("了解青禾计划。", &[], &known), expected);
    assert_eq!(placed("了解青禾计划。", &[("青禾计划", Label::Person, 0.99)], &known), expected);
    assert_eq!(placed("了解青禾计划。", &[("青禾", Label::Person, 0.99)], &known), expected);
}

#[test]
fn both_scripts_width_and_line_breaks_are_one() {
    let expected = marked("青禾计划", Label::Organization);
    let known = [("青禾计划", Kind::Organization)];
    assert_eq!(placed("了解青禾计劃。", &[], &known), expected);
    assert_eq!(placed("了解青禾计划。", &[], &[("青禾 计劃", Kind::Organization)]), expected);
    for text in ["青禾\n计划", "青\u{3000}禾计划", "青禾计\r\n划", "青\u{200B}禾计划"] {
        assert_eq!(placed(text, &[], &known), expected, "{text}");
    }
    assert_eq!(placed("乘Ｇ１２号线", &[], &[("G12号线", Kind::Place)]), marked("G12号线", Label::Place));
}

#[test]
fn the_longest_name_wins() {
    let known = [("云泽", Kind::Place), ("云泽市妇联", Kind::Organization)];
    assert_eq!(placed("云泽市妇联说", &[], &known), marked("云泽市妇联", Label::Organization));
    let model = [("云泽市妇联", Label::Organization, 0.6)];
    let place = [("云泽", Kind::Place)];
    assert_eq!(placed("云泽市妇联说", &model, &place), marked("云泽市妇联", Label::Organization));
    let person = [("王强志", Label::Person, 0.6)];
    assert_eq!(placed("王强志说", &person, &PERSON), marked("王强志", Label::Person));
}

#[test]
fn a_longer_name_that_nobody_is_sure_of_does_not_stand_against_a_term() {
    // 王强 is a name and 强调 a word: the model has cut it in two.
    assert_eq!(placed("王强强调", &[("王强强", Label::Person, 0.9)], &PERSON), marked("王强", Label::Person));
}

#[test]
fn no_term_begins_or_ends_within_a_word() {
    assert!(placed("王强调", &[], &PERSON).is_empty());
    assert!(placed("江城市民", &[], &[("城市", Kind::Place)]).is_empty());
    assert!(placed("走进江城市", &[], &[("江城", Kind::Place)]).is_empty());
    assert!(placed("OpenAIs", &[], &[("OpenAI", Kind::Organization)]).is_empty());
    // The model has seen where the name ends.
    assert_eq!(placed("王强调", &[("王强", Label::Place, 0.4)], &PERSON), marked("王强", Label::Person));
}

#[test]
fn words_of_two_paragraphs_are_no_name_but_pieces_of_one_are() {
    let known = [("江城大学", Kind::Organization)];
    assert!(placed("走进江城\n\n大学今天", &[], &known).is_empty());
    assert_eq!(placed("走进江城\n大学今天", &[], &known), marked("江城大学", Label::Organization));
    assert_eq!(placed("走进云\n\n泽，", &[], &[("云泽", Kind::Place)]), marked("云泽", Label::Place));
}

#[test]
fn a_title_keeps_what_a_term_leaves_of_it() {
    let known = [("云泽市妇联", Kind::Organization), ("王强", Kind::Person)];
    let expected = [("云泽市妇联", Label::Organization), ("主席", Label::Title), ("王强", Label::Person)];
    let expected = expected.map(|(name, label)| (name.to_owned(), label)).to_vec();
    let marks = [("云泽市", Label::Place, 0.9), ("妇联主席", Label::Title, 0.9)];
    assert_eq!(placed("云泽市妇联主席王强", &marks, &known), expected);
    let marks = [("云泽市妇联主席王强", Label::Title, 0.4)];
    assert_eq!(placed("云泽市妇联主席王强", &marks, &known), expected);
}

#[test]
fn the_last_term_of_a_name_counts_and_the_one_before_comes_back() {
    let simplifier = simplifier();
    let mut terms = Terms::default();
    let term = |kind| Term::new("云泽", kind).unwrap();
    let name = ['云', '泽'];
    let first = terms.add([term(Kind::Person), term(Kind::Place)], &simplifier);
    assert_eq!(terms.kind(&name), Some(Kind::Place));
    let second = terms.add([term(Kind::Organization)], &simplifier);
    assert_eq!(terms.kind(&name), Some(Kind::Organization));
    assert!(terms.remove(second));
    assert!(!terms.remove(second));
    assert_eq!(terms.kind(&name), Some(Kind::Place));
    assert!(terms.remove(first));
    assert!(terms.is_empty() && terms.beginning(&name).next().is_none());
}

#[test]
fn what_is_no_name_is_refused() {
    let code = |text: &str| Term::new(text, Kind::Person).unwrap_err().code();
    assert_eq!(code(""), "TERM_EMPTY");
    assert_eq!(code(" \u{3000}—"), "TERM_EMPTY");
    assert_eq!(code("王\n强"), "TERM_CONTROL");
    assert_eq!(code(&"长".repeat(65)), "TERM_TOO_LONG");
    assert_eq!(
        Term::new("王\n强", Kind::Person).unwrap_err().to_string(),
        "the term has a control character at character 2"
    );
    assert!(Term::new("长".repeat(64), Kind::Person).is_ok());
    let error = serde_json::from_str::<Term>(r#"{"text": "王强", "kind": "boss"}"#).unwrap_err();
    assert!(error.to_string().contains("unknown variant `boss`"), "{error}");
    assert_eq!("boss".parse::<Kind>().unwrap_err().code(), "KIND_UNKNOWN");
}

#[test]
fn kinds_are_read_as_they_are_written() {
    for kind in Kind::ALL {
        assert_eq!(kind.name().parse::<Kind>().unwrap(), kind);
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
}

/// Spans that do not overlap, anywhere in a text of so many characters.
fn spans(length: usize) -> impl Strategy<Value = Vec<TaggedSpan>> {
    let span = (0..length.max(1), 1usize..6, 0usize..4, 0f32..1.0);
    prop::collection::vec(span, 0..8).prop_map(move |mut spans| {
        spans.sort_by_key(|span| span.0);
        let mut end = 0;
        spans.retain(|(start, long, ..)| {
            let fits = *start >= end && start + long <= length;
            end = if fits { start + long } else { end };
            fits
        });
        let tagged = |(start, long, label, score)| TaggedSpan {
            chars: start..start + long,
            label: Label::ALL[label],
            score,
        };
        spans.into_iter().map(tagged).collect()
    })
}

fn text_with_spans() -> impl Strategy<Value = (String, Vec<TaggedSpan>)> {
    "[王强调云泽江城市大学妇联主席今天。，\n A1]{0,60}".prop_flat_map(|text| {
        let length = simplifier().normalize(&text).len();
        (Just(text), spans(length))
    })
}

proptest! {
    #[test]
    fn whatever_is_marked_is_sound((text, found) in text_with_spans(), names in prop::collection::vec(("[王强调云泽江城市大学A]{1,4}", 0usize..4), 0..12)) {
        let known: Vec<(&str, Kind)> = names.iter().map(|(name, kind)| (&name[..], Kind::ALL[*kind])).collect();
        let (terms, read) = (terms(&known), simplifier().normalize(&text));
        let placed = terms.place(&read, &sentences(&read), found.clone(), &segmenter());
        let mut end = 0;
        for span in &placed.spans {
            prop_assert!(end <= span.chars.start && span.chars.start < span.chars.end, "in order and apart");
            end = span.chars.end;
            let is_term = terms.kind(&read.chars[span.chars.clone()]).map(label) == Some(span.label);
            let of_model = found.iter().any(|old| {
                let part = old.label == Label::Title
                    && (old.chars.start..=old.chars.end).contains(&span.chars.start)
                    && span.chars.end <= old.chars.end;
                (old.label, old.score) == (span.label, span.score) && (old.chars == span.chars || part)
            });
            prop_assert!(of_model || is_term && span.score == 1.0);
        }
        prop_assert!(end <= read.len());
        for old in &found {
            let kept = placed.spans.contains(old);
            let touched = placed.spans.iter().any(|span| span.score == 1.0 && span.chars.start < old.chars.end && old.chars.start < span.chars.end);
            // But for the marks at the ends of a title, which no title has.
            prop_assert!(kept || touched || old.label == Label::Title, "what no term touches stays: {old:?}");
        }
        for official in &placed.officials {
            prop_assert!(placed.spans.iter().any(|span| span.chars == *official && span.label == Label::Person));
        }
    }

    #[test]
    fn terms_that_do_not_occur_change_nothing((text, found) in text_with_spans()) {
        let read = simplifier().normalize(&text);
        let placed = terms(&[("赵钱", Kind::Person), ("王强赵", Kind::Place)]).place(&read, &sentences(&read), found.clone(), &segmenter());
        prop_assert_eq!(placed.spans, found);
    }
}
