//! What is left of an article when what is not sure enough goes.

use crate::article::{Article, Kind};

/// Leaves out names and titles of a lower score, and with them what is made of them: an office goes
/// with its person or its title and loses the body or place that goes, an entity goes with its last
/// mention, and a reference with the mention that it is of.
///
/// What stays is as the whole text has made it, but that who has no public office left is no official.
pub fn above(min_score: f32, article: &mut Article) {
    let mentions = numbers(article.mentions.iter().map(|mention| mention.score >= min_score));
    let titles = numbers(article.titles.iter().map(|title| title.score >= min_score));
    if mentions.iter().chain(&titles).all(Option::is_some) {
        return;
    }
    let gone: Vec<(u32, u32)> = (article.mentions.iter().zip(&mentions))
        .filter(|(_, number)| number.is_none())
        .map(|(mention, _)| (mention.start, mention.end))
        .collect();
    keep(&mut article.mentions, &mentions);
    keep(&mut article.titles, &titles);
    article.references.retain(|reference| {
        reference.kind != Kind::Organization || gone.binary_search(&(reference.start, reference.end)).is_err()
    });

    let offices =
        numbers(article.offices.iter().map(|office| {
            mentions[office.person as usize].is_some() && titles[office.title as usize].is_some()
        }));
    keep(&mut article.offices, &offices);
    for office in &mut article.offices {
        renumber(&mut office.person, &mentions);
        renumber(&mut office.title, &titles);
        let left = |index: Option<u32>| index.and_then(|index| mentions[index as usize]);
        (office.body, office.place) = (left(office.body), left(office.place));
    }
    for entity in &mut article.entities {
        entity.mentions = entity.mentions.iter().filter_map(|m| mentions[*m as usize]).collect();
        entity.offices = entity.offices.iter().filter_map(|o| offices[*o as usize]).collect();
        if entity.kind == Kind::Official
            && !entity.offices.iter().any(|o| article.offices[*o as usize].public)
        {
            entity.kind = Kind::Person;
        }
    }
    number_entities(article);
}

/// Leaves out entities without mentions, and numbers the others by their first mention again.
fn number_entities(article: &mut Article) {
    let mut order: Vec<usize> =
        (0..article.entities.len()).filter(|e| !article.entities[*e].mentions.is_empty()).collect();
    order.sort_by_key(|e| article.entities[*e].mentions.first().copied());
    let mut moved: Vec<Option<u32>> = vec![None; article.entities.len()];
    for (number, e) in (0..).zip(&order) {
        moved[*e] = Some(number);
    }
    let mut entities: Vec<_> = std::mem::take(&mut article.entities).into_iter().zip(&moved).collect();
    entities.retain(|(_, number)| number.is_some());
    entities.sort_by_key(|(_, number)| **number);
    article.entities = entities.into_iter().map(|(entity, _)| entity).collect();
    for mention in &mut article.mentions {
        renumber(&mut mention.entity, &moved);
        mention.kind = article.entities[mention.entity as usize].kind;
    }
    for reference in &mut article.references {
        reference.entity = reference.entity.and_then(|entity| moved[entity as usize]);
    }
}

/// The number that each of those has who stay.
fn numbers(stays: impl Iterator<Item = bool>) -> Vec<Option<u32>> {
    let mut next = 0..;
    stays.map(|stays| if stays { next.next() } else { None }).collect()
}

/// Those of a list who have a number.
fn keep<T>(list: &mut Vec<T>, numbers: &[Option<u32>]) {
    let mut numbers = numbers.iter();
    list.retain(|_| numbers.next().is_some_and(Option::is_some));
}

/// The new number of what stays.
fn renumber(index: &mut u32, numbers: &[Option<u32>]) {
    *index = numbers[*index as usize].unwrap_or(*index);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Office;
    use crate::office::attach;
    use crate::office::marked::marked;
    use crate::resolve::{Resolved, entities};

    /// The article of a passage whose spans have these scores, without what scores less.
    fn left(passage: &str, scores: &[f32], min_score: f32) -> (String, Article) {
        let (text, mut spans) = marked(passage);
        spans.iter_mut().zip(scores).for_each(|(span, score)| span.score = *score);
        let held = attach(&text, &spans);
        let Resolved { mentions, entities } = entities(&text, &spans, &held);
        let (titles, offices) = (held.titles, held.offices);
        let mut article =
            Article { mentions, titles, offices, entities, ..Article::empty(text.len() as u32) };
        above(min_score, &mut article);
        (text, article)
    }

    /// Offices as words.
    fn offices(passage: &str, scores: &[f32], min_score: f32) -> Vec<String> {
        let (text, article) = left(passage, scores, min_score);
        let words = |start: u32, end: u32| &text[start as usize..end as usize];
        let name = |i: u32| words(article.mentions[i as usize].start, article.mentions[i as usize].end);
        let office = |office: &Office| {
            let title = &article.titles[office.title as usize];
            let at = office.body.or(office.place).map_or("", name);
            format!("{at}{}{}", words(title.start, title.end), name(office.person))
        };
        article.offices.iter().map(office).collect()
    }

    const PASSAGE: &str = "[云泽市|L][副市长|T][王一|P]、[云溪县|L][县长|T][李二|P]出席";

    #[test]
    fn nothing_low_changes_nothing() {
        let all = ["云泽市副市长王一", "云溪县县长李二"];
        assert_eq!(offices(PASSAGE, &[0.9; 6], 0.9), all);
        assert_eq!(offices(PASSAGE, &[0.1; 6], 0.0), all);
    }

    #[test]
    fn an_office_goes_with_its_person_and_with_its_title() {
        assert_eq!(offices(PASSAGE, &[0.9, 0.9, 0.2, 0.9, 0.9, 0.9], 0.5), ["云溪县县长李二"]);
        assert_eq!(offices(PASSAGE, &[0.9, 0.2, 0.9, 0.9, 0.9, 0.9], 0.5), ["云溪县县长李二"]);
    }

    #[test]
    fn an_office_outlives_its_place() {
        assert_eq!(offices(PASSAGE, &[0.2, 0.9, 0.9, 0.9, 0.9, 0.9], 0.5), ["副市长王一", "云溪县县长李二"]);
    }

    #[test]
    fn no_score_reaches_more_than_one() {
        assert!(offices(PASSAGE, &[1.0; 6], 1.1).is_empty());
    }

    #[test]
    fn who_has_no_office_left_is_no_official() {
        let (_, article) = left("[副市长|T][王一|P]", &[0.2, 0.9], 0.5);
        assert_eq!((article.mentions[0].kind, article.entities[0].kind), (Kind::Person, Kind::Person));
    }

    #[test]
    fn entities_are_numbered_by_what_is_left_of_them() {
        let (_, article) = left("[王一|P]、[李二|P]、[王一|P]、[张三|P]", &[0.2, 0.9, 0.9, 0.2], 0.5);
        let names: Vec<&str> = article.entities.iter().map(|entity| &*entity.name).collect();
        assert_eq!(names, ["李二", "王一"]);
        assert_eq!(article.mentions.iter().map(|m| m.entity).collect::<Vec<_>>(), [0, 1]);
    }
}
