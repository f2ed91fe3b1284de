//! A Party committee fused with its office is one title: 市委书记, 镇党委副书记.
//!
//! The guideline has no body 市委 inside 市委书记; the model sometimes marks one. A committee
//! named with its place (滨州市委) is a body of its own and stays one.

use crate::tagger::{Label, Labelled};

/// Committees that name nobody's in particular.
#[rustfmt::skip]
const BARE: &[&str] = &[
    "省委", "市委", "县委", "区委", "州委", "盟委", "旗委", "镇委", "乡委", "街道党工委", "党工委", "自治区党委", "自治州党委",
    "市党委", "县党委", "区党委", "镇党委", "乡党委", "村党委", "社区党委", "校党委", "院党委", "局党委", "党委", "党组", "党总支",
    "党支部", "村党支部", "村支部", "村党总支", "社区党支部", "社区党总支",
];

/// The same spans, with each bare committee taken into the title right behind it.
pub fn fuse_committees(text: &str, spans: Vec<Labelled>) -> Vec<Labelled> {
    let mut fused: Vec<Labelled> = Vec::with_capacity(spans.len());
    for span in spans {
        match fused.last_mut() {
            Some(before)
                if span.label == Label::Title
                    && before.label == Label::Organization
                    && before.end == span.start
                    && text.get(before.start as usize..before.end as usize).is_some_and(is_bare) =>
            {
                *before = Labelled { start: before.start, score: before.score.min(span.score), ..span };
            }
            _ => fused.push(span),
        }
    }
    fused
}

fn is_bare(body: &str) -> bool {
    BARE.contains(&super::read::read(body).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spans by their words, in order.
    fn spans(text: &str, words: &[(&str, Label)]) -> Vec<Labelled> {
        let mut from = 0;
        let find = |(word, label): &(&str, Label)| {
            let start = from + text[from..].find(word).expect("in the text");
            from = start + word.len();
            Labelled { start: start as u32, end: from as u32, label: *label, score: 0.9 }
        };
        words.iter().map(find).collect()
    }

    #[test]
    fn a_bare_committee_belongs_to_the_title() {
        let text = "市委书记陈立群、縣委常委吴敏出席。市委要求";
        let (organization, title, person) = (Label::Organization, Label::Title, Label::Person);
        let marked = spans(
            text,
            &[
                ("市委", organization),
                ("书记", title),
                ("陈立群", person),
                ("縣委", organization),
                ("常委", title),
                ("吴敏", person),
                ("市委", organization),
            ],
        );
        let expected = spans(
            text,
            &[
                ("市委书记", title),
                ("陈立群", person),
                ("縣委常委", title),
                ("吴敏", person),
                ("市委", organization),
            ],
        );
        assert_eq!(fuse_committees(text, marked), expected);
    }

    #[test]
    fn a_named_committee_stays_a_body() {
        let text = "云溪县委书记陈立群、市委 书记";
        let (organization, title) = (Label::Organization, Label::Title);
        let marked = spans(
            text,
            &[("云溪县委", organization), ("书记", title), ("市委", organization), ("书记", title)],
        );
        assert_eq!(fuse_committees(text, marked.clone()), marked);
    }
}
