//! From the page's text to what is shown of it: read, offered, measured, shown.

use std::cell::OnceCell;
use std::rc::Rc;

use js_sys::{Array, Float32Array, JsString, Uint32Array};
use wasm_bindgen::prelude::*;

use super::{Inner, Page, State, error};
use crate::article::Kind;
use crate::web::flat::{Flat, unflatten};
use crate::web::painter::Painter;
use crate::web::reading::Reading;
use crate::web::style::kind_name;
use crate::web::text_view::{Blocks, TextView};

#[wasm_bindgen]
impl Page {
    /// Takes away what is left of ours where the page has written its text anew, which is looked for
    /// at these nodes, or everywhere: to be called before that is painted.
    pub fn mend(&self, touched: Option<Array>) {
        if let Some(inner) = self.get() {
            inner.state.borrow_mut().painter.mend(touched.as_ref());
        }
    }

    /// Reads the root's text view, so many milliseconds long: undefined when it is at its end, else
    /// the trees that it has met, and it is to be called again.
    ///
    /// Blocks are not read twice where the nodes are given that were changed and those that were
    /// added since the last call, all of them.
    pub fn read(&self, milliseconds: f64, changed: Option<Array>, added: Option<Array>) -> Option<Array> {
        let inner = self.get()?;
        let mut state = inner.state.borrow_mut();
        match changed.zip(added) {
            Some((changed, added)) => state.blocks.forget(&changed, &added),
            None => state.blocks = Blocks::default(),
        }
        // What was read before has to be gone through again; half of the time is for new blocks.
        let (deadline, first) = (inner.deadline(milliseconds), OnceCell::new());
        let is_late = || {
            let now = inner.now();
            now > deadline.max(first.get_or_init(|| now) + milliseconds / 2.0)
        };
        match TextView::read_until(&inner.root, &inner.choices, &mut state.blocks, is_late) {
            Ok(view) => {
                state.view = Some(Rc::new(view));
                None
            }
            Err(trees) => Some(trees.into_iter().collect()),
        }
    }

    /// The text that was read; `offer` wants its record, and `show` will announce what it shows.
    pub fn scan(&self) -> JsString {
        let Some(inner) = self.get() else { return JsString::from("") };
        let mut state = inner.state.borrow_mut();
        state.announce = true;
        state.awaited = true;
        state.view.as_ref().map_or_else(|| JsString::from(""), |view| view.text().clone())
    }

    /// The text that was read, of which `offer` wants the record. Undefined when it is the same as
    /// before in other nodes, which can be shown.
    pub fn update(&self) -> Option<JsString> {
        let inner = self.get()?;
        let mut state = inner.state.borrow_mut();
        let State { view, awaited, reading, .. } = &mut *state;
        let text = view.as_ref()?.text().clone();
        let reading = reading.as_mut().and_then(Rc::get_mut);
        let same = |reading: &&mut Reading| *reading.view().text() == text;
        let Some(reading) = reading.filter(|reading| !*awaited && same(reading)) else {
            *awaited = true;
            return Some(text);
        };
        if let Some(view) = view.take() {
            reading.look(&inner.document, view);
        }
        None
    }

    /// Takes what was found in the text of the last `scan` or `update`, to be shown.
    pub fn offer(&self, numbers: &Uint32Array, scores: &Float32Array, text: String) -> Result<(), JsValue> {
        let flat = Flat { numbers: numbers.to_vec(), scores: scores.to_vec(), text };
        let article = unflatten(&flat).ok_or_else(|| {
            error("RECORD_INVALID", "the record is damaged or was made by another version of mingzhu")
        })?;
        let Some(inner) = self.get() else { return Ok(()) };
        let mut state = inner.state.borrow_mut();
        let view = state.view.as_ref().filter(|view| view.text().length() == article.length);
        let Some(view) = view.map(Rc::clone) else {
            return Err(error("RECORD_INVALID", "the record is not that of the text of the last scan"));
        };
        state.offered = Some(Reading::new(view, article));
        Ok(())
    }

    /// Where the part of the text begins and ends that the reader sees, with half a window more on
    /// each side; undefined where that is most of it, or names are elements.
    pub fn seen(&self) -> Option<Vec<u32>> {
        let inner = self.get()?;
        let state = inner.state.borrow();
        let view = state.view.as_ref().filter(|_| matches!(state.painter, Painter::Highlights(_)))?;
        let height = inner.window.inner_height().ok()?.as_f64()?;
        let (start, end) = view.between(&inner.document, -height / 2.0, 1.5 * height)?;
        (start < end && end - start < view.text().length() / 2).then(|| vec![start, end])
    }

    /// Finds the places of what was offered, so many milliseconds long: true when it has all of
    /// them, else it is to be called again.
    pub fn measure(&self, milliseconds: f64) -> bool {
        let Some(inner) = self.get() else { return true };
        let deadline = inner.deadline(milliseconds);
        let mut state = inner.state.borrow_mut();
        let State { offered, reading: before, .. } = &mut *state;
        let is_late = || inner.now() > deadline;
        offered
            .as_mut()
            .is_none_or(|reading| reading.measure_until(&inner.document, before.as_deref(), is_late))
    }

    /// Paints what was offered and measured, until what there is in all of the text is shown.
    pub fn preview(&self) {
        let Some(inner) = self.get() else { return };
        let offered = inner.state.borrow_mut().offered.take();
        if let Some(reading) = offered {
            inner.reach(reading.view());
            inner.take(&Rc::new(reading));
            inner.paint(&mut inner.state.borrow_mut());
        }
    }

    /// Has the page's nodes ready for what is to be shown, which elements cut: what is heard of
    /// meanwhile is our doing.
    pub fn settle(&self) {
        let Some(inner) = self.get() else { return };
        let mut state = inner.state.borrow_mut();
        let State { offered, reading, painter, .. } = &mut *state;
        let shown = reading.as_mut().and_then(Rc::get_mut);
        if let Some(reading) = offered.as_mut().or(shown) {
            painter.settle(reading, || inner.view());
        }
    }

    /// Shows what was offered and measured; else what there is, where its nodes are now.
    pub fn show(&self) {
        let Some(inner) = self.get() else { return };
        let offered = inner.state.borrow_mut().offered.take();
        match offered {
            Some(reading) => inner.show(reading),
            None => inner.show_again(),
        }
    }
}

impl Inner {
    /// Paints and lists a reading in the place of the one there is.
    fn show(self: &Rc<Self>, reading: Reading) {
        let mut state = self.state.borrow_mut();
        (state.awaited, state.view) = (false, None);
        drop(state);
        let reading = Rc::new(reading);
        self.reach(reading.view());
        self.take(&reading);
        // What leaves the index may move the focus, and who listens to that may ask us
        // something: nothing of ours is borrowed.
        if let Some(index) = self.index() {
            let filter = self.state.borrow().filter.clone();
            index.list(&self.document, &self.strings, &reading, &filter);
        }
        let mut state = self.state.borrow_mut();
        let State { legend, filter, .. } = &*state;
        if let Some(legend) = legend {
            legend.count(|kind| filter.count(&reading, kind));
        }
        if std::mem::take(&mut state.announce) {
            let found = self.summary(&reading);
            state.announcer.say(&self.window, found);
        }
        self.paint(&mut state);
        drop(state);
        self.activate();
    }

    /// Paints the same reading on other nodes, with the card beside them.
    fn show_again(self: &Rc<Self>) {
        let Some(reading) = self.reading() else { return };
        self.reach(reading.view());
        self.paint(&mut self.state.borrow_mut());
        self.activate();
        self.position();
    }

    /// Milliseconds of a clock that only goes on.
    fn now(&self) -> f64 {
        self.window.performance().map_or(0.0, |clock| clock.now())
    }

    fn deadline(&self, milliseconds: f64) -> f64 {
        self.now() + milliseconds
    }

    fn view(&self) -> TextView {
        TextView::read(&self.root, &self.choices)
    }

    /// Takes a reading in the place of the one there is. What is open stays so, where it still
    /// stands.
    fn take(&self, reading: &Rc<Reading>) {
        let mut state = self.state.borrow_mut();
        let old = state.reading.replace(Rc::clone(reading));
        let again = |spot| old.as_ref().and_then(|old| reading.counterpart(old, spot));
        state.hovered = state.hovered.and_then(again);
        state.last = state.last.and_then(again);
        let Some(open) = &mut state.open else { return };
        match again(open.mention) {
            Some(mention) => open.mention = mention,
            None => {
                drop(state);
                self.close(false);
            }
        }
    }

    fn summary(&self, reading: &Reading) -> String {
        let counts: Vec<(&str, String)> = (Kind::ALL.iter())
            .map(|kind| {
                let number = reading.article().entities.iter().filter(|e| e.kind == *kind).count();
                (kind_name(*kind), number.to_string())
            })
            .collect();
        let values: Vec<(&str, &str)> = counts.iter().map(|(name, count)| (*name, count.as_str())).collect();
        self.strings.fill("found", &values)
    }
}
