//! Posts: which body each is of, which division that is of, and whether it is held.

use super::super::gold::{Passage, overlap, words};
use super::{Answer, Division, Office, Said as Count};
use serde::Deserialize;

/// What is true of a post, by the starts of its person and title.
#[derive(Debug, Deserialize)]
pub struct Post {
    person: u32,
    title: u32,
    name: String,
    /// What its body may be called in full; none: nothing in the passage says which it is. Absent:
    /// not judged, as are the next two.
    body: Option<Vec<String>>,
    /// The division of the body; 0 for a body of none.
    code: Option<u32>,
    /// Held where it does not say; `any` is not judged.
    status: Option<String>,
}

/// What an article says of a post.
#[derive(Debug, Deserialize)]
pub struct Said {
    name: String,
    status: Option<String>,
    body: Option<String>,
    division: Option<Division>,
}

/// What is held unless something is said.
const CURRENT: &str = "current";

/// What ministries may leave out of their full names.
const COUNTRY: &str = "中华人民共和国";

/// The figures of posts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    pub bodies: Count,
    pub divisions: Count,
    pub statuses: Count,
}

impl Score {
    pub fn plus(self, other: Score) -> Score {
        Score {
            bodies: self.bodies.plus(other.bodies),
            divisions: self.divisions.plus(other.divisions),
            statuses: self.statuses.plus(other.statuses),
        }
    }

    /// Adds the posts of the people that were found.
    pub fn add(&mut self, passage: &Passage, truth: &[Post], answer: &Answer) {
        for post in truth.iter().filter(|post| is_found(passage, answer, post.person)) {
            let said: Vec<(&Office, &Said)> = (offices(passage, answer, post))
                .flat_map(|office| office.posts.iter().map(move |said| (office, said)))
                .collect();
            let exact = said.iter().find(|(_, said)| said.name == post.name);
            let same = exact.or_else(|| said.iter().find(|(_, said)| is_same(&said.name, &post.name)));
            self.add_post(passage, answer, post, same.copied());
        }
        self.add_others(passage, truth, answer);
    }

    fn add_post(&mut self, passage: &Passage, answer: &Answer, post: &Post, said: Option<(&Office, &Said)>) {
        if let Some(names) = &post.body {
            let body = said.and_then(|(office, said)| Some((office, said.body.as_deref()?)));
            match body {
                Some((_, body)) if names.iter().any(|name| plain(name) == plain(body)) => {
                    self.bodies.right += 1
                }
                // One that stays as it is written is open, and no wrong name.
                Some((office, body)) if !is_written(passage, answer, office, body) => self.bodies.wrong += 1,
                _ if names.is_empty() => self.bodies.right += 1,
                _ => self.bodies.open += 1,
            }
        }
        if let Some(code) = post.code {
            let division = said.and_then(|(_, said)| Some(said.division.as_ref()?.code));
            self.divisions.add(Some(code).filter(|code| *code != 0), division);
        }
        let status = post.status.as_deref().unwrap_or(CURRENT);
        if status != "any" {
            let said = said.map(|(_, said)| said.status.as_deref().unwrap_or(CURRENT));
            self.statuses.add(Some(status), said);
        }
    }

    /// A body of a post that a title of the gold does not have is wrong.
    fn add_others(&mut self, passage: &Passage, truth: &[Post], answer: &Answer) {
        let mut judged: Vec<*const Said> = Vec::new();
        for post in truth {
            for said in offices(passage, answer, post).flat_map(|office| &office.posts) {
                let own = |other: &Post| {
                    (other.person, other.title) == (post.person, post.title)
                        && is_same(&said.name, &other.name)
                };
                if said.body.is_some()
                    && !truth.iter().any(own)
                    && !judged.contains(&std::ptr::from_ref(said))
                {
                    judged.push(said);
                    self.bodies.wrong += 1;
                }
            }
        }
    }
}

fn is_found(passage: &Passage, answer: &Answer, person: u32) -> bool {
    let span = passage.people().find(|(start, ..)| *start == person).map(|(start, end, _)| (start, end));
    answer.mentions.iter().any(|mention| Some((mention.start, mention.end)) == span)
}

/// The offices that tie the post's person to its title.
fn offices<'a>(passage: &Passage, answer: &'a Answer, post: &Post) -> impl Iterator<Item = &'a Office> {
    let title = passage.ties().into_iter().map(|tie| tie.1).find(|title| title.0 == post.title);
    let person = post.person;
    answer.offices.iter().filter(move |office| {
        let (of, said) = (answer.mentions.get(office.person), answer.titles.get(office.title));
        let same = |title| said.is_some_and(|said| overlap((said.start, said.end), title));
        of.is_some_and(|mention| mention.start == person) && title.is_some_and(same)
    })
}

/// True for the name of a post with and without its body: 市人大常委会主任 and 主任.
fn is_same(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() < other.len() { (other, one) } else { (one, other) };
    long.strip_suffix(short).is_some_and(|body| !body.ends_with('副'))
}

fn plain(name: &str) -> &str {
    name.strip_prefix(COUNTRY).unwrap_or(name)
}

/// True for the body before the title, or in it, as the passage writes it.
fn is_written(passage: &Passage, answer: &Answer, office: &Office, body: &str) -> bool {
    let Some(title) = answer.titles.get(office.title) else { return false };
    let mention = office.body.and_then(|body| answer.mentions.get(body));
    mention.is_some_and(|mention| words(&passage.text, mention.start, mention.end) == body)
        || words(&passage.text, title.start, title.end).contains(body)
        || words(&passage.text, 0, title.start).trim_end().ends_with(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What 甲市市长王一 comes to with an answer for the post.
    fn score(truth: &str, post: &str) -> Score {
        let json = r#"{"id":"a","text":"甲市市长王一","mentions":[[0,2,"PLACE"],[4,6,"OFFICIAL"]],"titles":[[2,4]],"offices":[[4,2]]}"#;
        let json_of_answer = r#"{"mentions":[{"start":0,"end":2,"kind":"place","entity":0},{"start":4,"end":6,"kind":"official","entity":1}],
            "titles":[{"start":2,"end":4}],"offices":[{"person":1,"title":0,"posts":[POST]}],"entities":[],"references":[]}"#;
        let post: Answer = serde_json::from_str(&json_of_answer.replace("POST", post)).unwrap();
        let mut score = Score::default();
        score.add(
            &serde_json::from_str(json).unwrap(),
            &serde_json::from_str::<Vec<Post>>(truth).unwrap(),
            &post,
        );
        score
    }

    fn said(right: u32, wrong: u32, open: u32) -> Count {
        Count { right, wrong, open }
    }

    #[test]
    fn body_division_and_status_are_judged_each_by_itself() {
        let truth = r#"[{"person":4,"title":2,"name":"市长","body":["甲市人民政府"],"code":12}]"#;
        let right = score(truth, r#"{"name":"市长","body":"甲市人民政府","division":{"code":12}}"#);
        assert_eq!(right, Score { bodies: said(1, 0, 0), divisions: said(1, 0, 0), statuses: said(1, 0, 0) });
        let wrong =
            score(truth, r#"{"name":"市长","status":"former","body":"乙市人民政府","division":{"code":13}}"#);
        assert_eq!(wrong, Score { bodies: said(0, 1, 0), divisions: said(0, 1, 0), statuses: said(0, 1, 0) });
        let open = score(truth, r#"{"name":"市长"}"#);
        assert_eq!(open, Score { bodies: said(0, 0, 1), divisions: said(0, 0, 1), statuses: said(1, 0, 0) });
    }

    #[test]
    fn where_nothing_says_which_body_none_is_right_and_any_wrong() {
        let truth = r#"[{"person":4,"title":2,"name":"市长","body":[],"code":0}]"#;
        assert_eq!(score(truth, r#"{"name":"市长"}"#).bodies, said(1, 0, 0));
        let any = score(truth, r#"{"name":"市长","body":"甲市人民政府","division":{"code":12}}"#);
        assert_eq!((any.bodies, any.divisions), (said(0, 1, 0), said(0, 1, 0)));
    }

    #[test]
    fn a_name_may_hold_the_body_but_no_other_rank() {
        assert!(is_same("市人大常委会主任", "主任") && is_same("市长", "市长"));
        assert!(!is_same("副市长", "市长") && !is_same("市长", "局长"));
    }

    #[test]
    fn a_post_of_another_name_is_missing_and_its_body_wrong() {
        let truth = r#"[{"person":4,"title":2,"name":"市长","body":["甲市人民政府"]}]"#;
        assert_eq!(score(truth, r#"{"name":"局长","body":"甲市人民政府"}"#).bodies, said(0, 1, 1));
    }
}
