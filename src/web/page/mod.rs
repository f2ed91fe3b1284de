//! One annotated element of a page: reads its text, paints what was found, and answers to
//! the reader. The JS shell brings text and record together and passes events on.

mod journey;
mod opening;
mod pointer;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Error as JsError, Float32Array, Function, JsString, Object, Reflect, Uint32Array};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, HtmlElement, Window};

use crate::article::Kind;
use crate::web::announce::Announcer;
use crate::web::card::Card;
use crate::web::flat::{Flat, unflatten};
use crate::web::highlights::{Highlights, ground_under};
use crate::web::index::Index;
use crate::web::legend::Legend;
use crate::web::listen::{Frame, Listener, Timer};
use crate::web::reading::Reading;
use crate::web::strings::Strings;
use crate::web::style::{Ground, kind_name};
use crate::web::text_view::{TEXT_VIEW_VERSION, TextView};

/// A pointer that only passes opens nothing.
const OPEN_AFTER: i32 = 120;
/// Time to cross from the mention to the card (WCAG 1.4.13: hoverable).
const CLOSE_AFTER: i32 = 300;

/// Where a click means something else than the name under it.
const INTERACTIVE: &str = "a[href],button,input,select,textarea,label,summary,[contenteditable]";

/// What keeps the card open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    /// The pointer, on the mention or in the card.
    Pointer,
    /// The focus on an entry of the index.
    Focus,
    /// A click, a tap or a key: until the reader closes it.
    Choice,
}

/// What the card stands beside.
enum Anchor {
    Mention(u32, Option<(f64, f64)>),
    Element(Element),
}

struct Open {
    mention: u32,
    held: Held,
    anchor: Anchor,
    /// Where the focus came from and goes back to.
    back: Option<HtmlElement>,
}

/// Listeners that live only while a card is open.
type WhileOpen = Vec<Listener>;

struct State {
    view: Option<TextView>,
    reading: Option<Rc<Reading>>,
    shown: Vec<Kind>,
    highlights: Highlights,
    announcer: Announcer,
    legend: Option<Legend>,
    index: Option<Index>,
    card: Option<Rc<Card>>,
    open: Option<Open>,
    while_open: WhileOpen,
    hovered: Option<u32>,
    /// The mention that next and previous last went to.
    last: Option<usize>,
    point: (f64, f64),
    frame: Option<Frame>,
    timer: Option<Timer>,
}

struct Inner {
    window: Window,
    document: Document,
    root: Element,
    strings: Strings,
    emit: Function,
    exclude: Option<String>,
    index_container: Option<Element>,
    card_wanted: bool,
    ground: Option<Ground>,
    /// True while we give the focus back, so that its return opens nothing.
    returning: Cell<bool>,
    state: RefCell<State>,
    listeners: RefCell<Vec<Listener>>,
}

/// See the module.
#[wasm_bindgen]
pub struct Page {
    /// `None` once disposed.
    inner: RefCell<Option<Rc<Inner>>>,
}

/// The text view of an element, of any document, without a page to annotate.
#[wasm_bindgen(js_name = textOf)]
pub fn text_of(root: &Element) -> JsString {
    TextView::read(root, None).text().clone()
}

fn error(code: &str, message: &str) -> JsValue {
    let error = JsError::new(message);
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}

fn option(options: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(options, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

fn kinds(list: &Array) -> Vec<Kind> {
    let names: Vec<String> = list.iter().filter_map(|name| name.as_string()).collect();
    Kind::ALL.into_iter().filter(|kind| names.iter().any(|name| name == kind_name(*kind))).collect()
}

#[wasm_bindgen]
impl Page {
    /// `options`: `strings` (a locale), `emit(name, detail)`, and as wanted `exclude` (a
    /// selector), `legend` and `index` (elements to build them in), `card` (false for none),
    /// `ground` ("light" or "dark"), `kinds` (those shown at first).
    #[wasm_bindgen(constructor)]
    pub fn new(root: Element, options: JsValue) -> Result<Page, JsValue> {
        let window = web_sys::window().ok_or_else(|| error("NO_DOCUMENT", "there is no window here"))?;
        let document =
            root.owner_document().ok_or_else(|| error("NO_DOCUMENT", "the root has no document"))?;
        let exclude = option(&options, "exclude").and_then(|value| value.as_string());
        if let Some(exclude) = &exclude {
            let valid = root.matches(exclude);
            valid.map_err(|_| error("SELECTOR_INVALID", &format!("not a selector: {exclude}")))?;
        }
        let ground = match option(&options, "ground").and_then(|value| value.as_string()).as_deref() {
            Some("light") => Some(Ground::Light),
            Some("dark") => Some(Ground::Dark),
            _ => None,
        };
        let element = |name| option(&options, name).and_then(|value| value.dyn_into::<Element>().ok());
        let emit = option(&options, "emit").and_then(|value| value.dyn_into::<Function>().ok());
        let shown = option(&options, "kinds").and_then(|value| value.dyn_into::<Array>().ok());
        let state = State {
            view: None,
            reading: None,
            shown: shown.map_or_else(|| Kind::ALL.into(), |list| kinds(&list)),
            highlights: Highlights::new(&document, ground.unwrap_or_else(|| ground_under(&window, &root))),
            announcer: Announcer::new(&document),
            legend: None,
            index: None,
            card: None,
            open: None,
            while_open: Vec::new(),
            hovered: None,
            last: None,
            point: (0.0, 0.0),
            frame: None,
            timer: None,
        };
        let inner = Rc::new(Inner {
            strings: Strings::new(option(&options, "strings").unwrap_or_else(|| Object::new().into())),
            emit: emit.unwrap_or_default(),
            exclude,
            index_container: element("index"),
            card_wanted: option(&options, "card").is_none_or(|value| value.is_truthy()),
            ground,
            returning: Cell::new(false),
            state: RefCell::new(state),
            listeners: RefCell::default(),
            window,
            document,
            root,
        });
        if let Some(container) = element("legend") {
            let weak = Rc::downgrade(&inner);
            let legend = Legend::new(&inner.document, &container, &inner.strings, move |kind| {
                if let Some(inner) = weak.upgrade() {
                    inner.toggle(kind);
                }
            });
            let mut state = inner.state.borrow_mut();
            legend.press(&state.shown);
            state.legend = Some(legend);
        }
        inner.listen();
        Ok(Page { inner: RefCell::new(Some(inner)) })
    }

    /// Which rules the text view follows.
    #[wasm_bindgen(getter, js_name = textViewVersion)]
    pub fn text_view_version(&self) -> u32 {
        TEXT_VIEW_VERSION
    }

    /// False where the browser cannot paint ranges; index and cards still work.
    #[wasm_bindgen(getter)]
    pub fn paints(&self) -> bool {
        self.get().is_some_and(|inner| inner.state.borrow().highlights.supported())
    }

    /// Reads the root's text view and returns its text; `show` wants the record of this text.
    pub fn scan(&self) -> JsString {
        let Some(inner) = self.get() else { return JsString::from("") };
        let view = TextView::read(&inner.root, inner.exclude.as_deref());
        let text = view.text().clone();
        inner.state.borrow_mut().view = Some(view);
        text
    }

    /// Paints and lists what was found in the text of the last `scan`.
    pub fn show(&self, numbers: &Uint32Array, scores: &Float32Array, text: String) -> Result<(), JsValue> {
        let flat = Flat { numbers: numbers.to_vec(), scores: scores.to_vec(), text };
        let article = unflatten(&flat).ok_or_else(|| {
            error("RECORD_INVALID", "the record is damaged or was made by another version of mingzhu")
        })?;
        let Some(inner) = self.get() else { return Ok(()) };
        let view = inner.state.borrow_mut().view.take();
        let view = view
            .filter(|view| view.text().length() == article.length)
            .ok_or_else(|| error("RECORD_INVALID", "the record is not that of the text of the last scan"))?;
        inner.close(false);
        let reading = Rc::new(Reading::new(&inner.document, view, article));
        let index = inner.index_container.as_ref().map(|container| {
            let weak = Rc::downgrade(&inner);
            let choose = Rc::new(move |choice| {
                if let Some(inner) = weak.upgrade() {
                    inner.choose(choice);
                }
            });
            Index::new(&inner.document, container, &inner.strings, &reading, choose)
        });
        let mut state = inner.state.borrow_mut();
        if let Some(legend) = &state.legend {
            legend.count(reading.article());
        }
        let old = std::mem::replace(&mut state.index, index);
        (state.hovered, state.last) = (None, None);
        let found = inner.summary(&reading);
        state.announcer.say(&inner.window, found);
        state.reading = Some(reading);
        inner.paint(&mut state);
        drop(state);
        // Its leaving may move the focus, and who listens to that may ask us something.
        drop(old);
        Ok(())
    }

    /// Shows these kinds and hides the others.
    #[wasm_bindgen(js_name = setFilter)]
    pub fn set_filter(&self, shown: &Array) {
        if let Some(inner) = self.get() {
            inner.filter(kinds(shown));
        }
    }

    /// Takes the reader to a mention and opens its card; false when there is none of this number.
    #[wasm_bindgen(js_name = focusMention)]
    pub fn focus_mention(&self, mention: u32) -> bool {
        let Some(inner) = self.get() else { return false };
        let known = inner.reading().is_some_and(|r| (mention as usize) < r.article().mentions.len());
        if known {
            inner.visit(mention, None);
        }
        known
    }

    /// Takes the reader to the next mention of those shown.
    pub fn next(&self) -> bool {
        self.get().is_some_and(|inner| inner.step(true))
    }

    /// Takes the reader to the one before.
    pub fn previous(&self) -> bool {
        self.get().is_some_and(|inner| inner.step(false))
    }

    /// Closes the card.
    pub fn close(&self) {
        if let Some(inner) = self.get() {
            inner.close(true);
        }
    }

    /// Takes away all that was added: ranges, sheets, elements, listeners. Unlike `free`, it
    /// may be called from one of our own events.
    pub fn dispose(&self) {
        if let Some(inner) = self.inner.take() {
            inner.close(true);
            inner.listeners.borrow_mut().clear();
        }
    }

    fn get(&self) -> Option<Rc<Inner>> {
        self.inner.borrow().clone()
    }
}

impl Inner {
    fn listen(self: &Rc<Self>) {
        let on = |event, handle: fn(&Rc<Inner>, Event)| {
            let weak = Rc::downgrade(self);
            Listener::new(&self.root, event, move |event| {
                if let Some(inner) = weak.upgrade() {
                    handle(&inner, event);
                }
            })
        };
        let mut listeners = vec![
            on("pointermove", |inner, event| inner.pointer_moved(event.unchecked_ref())),
            on("pointerleave", |inner, _| inner.hover(None)),
            on("click", |inner, event| inner.clicked(event.unchecked_ref())),
        ];
        if self.ground.is_none()
            && let Ok(Some(query)) = self.window.match_media("(prefers-color-scheme: dark)")
        {
            let weak = Rc::downgrade(self);
            listeners.push(Listener::new(&query, "change", move |_| {
                if let Some(inner) = weak.upgrade() {
                    inner.state.borrow().highlights.set_ground(inner.ground());
                }
            }));
        }
        *self.listeners.borrow_mut() = listeners;
    }

    fn ground(&self) -> Ground {
        self.ground.unwrap_or_else(|| ground_under(&self.window, &self.root))
    }

    fn reading(&self) -> Option<Rc<Reading>> {
        self.state.borrow().reading.clone()
    }

    fn emit(&self, name: &str, mention: u32) {
        // A reference is no mention: the page hears of none.
        let Some(reading) = self.reading().filter(|reading| reading.reference(mention).is_none()) else {
            return;
        };
        let detail = Object::new();
        let entity = reading.entity_of(mention);
        let facts: [(&str, JsValue); 4] = [
            ("mention", mention.into()),
            ("entity", entity.into()),
            ("kind", kind_name(reading.kind(mention)).into()),
            ("name", reading.entity(entity).name.as_str().into()),
        ];
        for (key, value) in facts {
            let _ = Reflect::set(&detail, &key.into(), &value);
        }
        // What a listener throws is the listener's; ours go on.
        let _ = self.emit.call2(&JsValue::NULL, &name.into(), &detail);
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

    fn paint(&self, state: &mut State) {
        let State { reading, shown, highlights, legend, index, .. } = state;
        if let Some(reading) = reading {
            highlights.paint(
                reading.ranges().filter(|(kind, _)| shown.contains(kind)),
                reading.references().filter(|(kind, _)| shown.contains(kind)),
            );
        }
        if let Some(legend) = legend {
            legend.press(shown);
        }
        if let Some(index) = index {
            index.filter(shown);
        }
    }

    fn filter(&self, shown: Vec<Kind>) {
        let hides_open = {
            let mut state = self.state.borrow_mut();
            state.shown = shown;
            self.paint(&mut state);
            match (&state.open, &state.reading) {
                (Some(open), Some(reading)) => !state.shown.contains(&reading.kind(open.mention)),
                _ => false,
            }
        };
        if hides_open {
            self.close(true);
        }
        let shown: Array =
            self.state.borrow().shown.iter().map(|kind| JsValue::from(kind_name(*kind))).collect();
        let detail = Object::new();
        let _ = Reflect::set(&detail, &"kinds".into(), &shown);
        let _ = self.emit.call2(&JsValue::NULL, &"change".into(), &detail);
    }

    fn toggle(&self, kind: Kind) {
        let before = self.state.borrow().shown.clone();
        let shown = Kind::ALL.into_iter().filter(|k| before.contains(k) != (*k == kind)).collect();
        self.filter(shown);
    }
}
