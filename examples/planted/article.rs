//! What errors are planted in.

/// A text with the people of whom it says an office.
pub struct Article {
    pub id: String,
    /// The day it is checked on.
    pub date: String,
    pub text: String,
    pub people: Vec<Holder>,
    /// Bodies that it names.
    pub bodies: Vec<String>,
    /// People that it names, with an office or not.
    pub named: Vec<String>,
}

/// A person with an office; offsets are bytes.
#[derive(Clone, Debug)]
pub struct Holder {
    pub name: String,
    pub person: (usize, usize),
    pub title: (usize, usize),
    pub title_text: String,
    /// The body or place that stands right before the title.
    pub body: Option<(usize, usize)>,
    pub body_text: String,
    /// True for a public office.
    pub official: bool,
}

impl Article {
    /// Stretches of three known people and more with nothing but 、 between, as `(start, end)` in bytes.
    pub fn enumerations(&self, known: &dyn Fn(&str) -> bool) -> Vec<Vec<(usize, usize)>> {
        let mut runs = Vec::new();
        for line in self.text.split_inclusive(['。', '，', '；', '：', '\n']) {
            let base = line.as_ptr() as usize - self.text.as_ptr() as usize;
            let mut run: Vec<(usize, usize)> = Vec::new();
            let mut at = base;
            for part in line.split('、') {
                let whole = (2..=3).contains(&part.chars().count()) && known(part);
                if whole {
                    run.push((at, at + part.len()));
                } else {
                    runs.push(std::mem::take(&mut run));
                }
                at += part.len() + '、'.len_utf8();
            }
            runs.push(run);
        }
        runs.retain(|run| run.len() >= 3);
        runs
    }
}
