//! What is left of a text's titles and offices when what is not sure enough goes.

use super::Held;
use crate::article::Office;
use crate::tagger::{Label, Labelled};

/// The spans of at least this score, and the titles and offices that are left with them.
///
/// An office goes with its person or its title, and loses the body or place that goes. It
/// stays as public as the whole text has made it.
pub fn above(min_score: f32, spans: Vec<Labelled>, held: Held) -> (Vec<Labelled>, Held) {
    let is_low = |span: &Labelled| span.score < min_score;
    if !spans.iter().any(is_low) {
        return (spans, held);
    }
    let mentions =
        renumbered(spans.iter().filter(|span| span.label != Label::Title).map(|span| !is_low(span)));
    let titles = renumbered(held.titles.iter().map(|title| title.score >= min_score));
    let office = |office: Office| {
        Some(Office {
            person: mentions[office.person as usize]?,
            title: titles[office.title as usize]?,
            body: office.body.and_then(|body| mentions[body as usize]),
            place: office.place.and_then(|place| mentions[place as usize]),
            ..office
        })
    };
    let offices = held.offices.into_iter().filter_map(office).collect();
    let titles = held.titles.into_iter().filter(|title| title.score >= min_score).collect();
    (spans.into_iter().filter(|span| !is_low(span)).collect(), Held { titles, offices })
}

/// The number that each of those has who stay.
fn renumbered(stays: impl Iterator<Item = bool>) -> Vec<Option<u32>> {
    let mut next = 0..;
    stays.map(|stays| if stays { next.next() } else { None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::attach;
    use crate::office::marked::marked;

    /// Offices as words, when the spans have these scores.
    fn left(passage: &str, scores: &[f32], min_score: f32) -> Vec<String> {
        let (text, mut spans) = marked(passage);
        spans.iter_mut().zip(scores).for_each(|(span, score)| span.score = *score);
        let held = attach(&text, &spans);
        let (spans, held) = above(min_score, spans, held);
        let mentions: Vec<&Labelled> = spans.iter().filter(|span| span.label != Label::Title).collect();
        let words = |start: u32, end: u32| &text[start as usize..end as usize];
        let name = |i: u32| words(mentions[i as usize].start, mentions[i as usize].end);
        let office = |office: &Office| {
            let title = &held.titles[office.title as usize];
            let at = office.body.or(office.place).map_or("", name);
            format!("{at}{}{}", words(title.start, title.end), name(office.person))
        };
        held.offices.iter().map(office).collect()
    }

    const PASSAGE: &str = "[云泽市|L][副市长|T][王一|P]、[云溪县|L][县长|T][李二|P]出席";

    #[test]
    fn nothing_low_changes_nothing() {
        let all = ["云泽市副市长王一", "云溪县县长李二"];
        assert_eq!(left(PASSAGE, &[0.9; 6], 0.9), all);
        assert_eq!(left(PASSAGE, &[0.1; 6], 0.0), all);
    }

    #[test]
    fn an_office_goes_with_its_person_and_with_its_title() {
        assert_eq!(left(PASSAGE, &[0.9, 0.9, 0.2, 0.9, 0.9, 0.9], 0.5), ["云溪县县长李二"]);
        assert_eq!(left(PASSAGE, &[0.9, 0.2, 0.9, 0.9, 0.9, 0.9], 0.5), ["云溪县县长李二"]);
    }

    #[test]
    fn an_office_outlives_its_place() {
        assert_eq!(left(PASSAGE, &[0.2, 0.9, 0.9, 0.9, 0.9, 0.9], 0.5), ["副市长王一", "云溪县县长李二"]);
    }

    #[test]
    fn no_score_reaches_more_than_one() {
        assert!(left(PASSAGE, &[1.0; 6], 1.1).is_empty());
    }
}
