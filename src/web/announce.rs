//! One polite announcement for readers who hear the page.

use web_sys::{Document, HtmlElement, Window};

use super::dom::paper;
use super::element::{append, element, set};
use super::listen::Timer;

/// A live region that no eye sees; gone when dropped.
pub(super) struct Announcer {
    region: HtmlElement,
    pending: Option<Timer>,
}

impl Announcer {
    pub fn new(document: &Document, language: &str) -> Self {
        let region = element(document, "div", "");
        set(&region, "data-mingzhu", "announcer");
        set(&region, "role", "status");
        set(&region, "lang", language);
        let style = region.style();
        let hidden = [
            ("position", "absolute"),
            ("width", "1px"),
            ("height", "1px"),
            ("overflow", "hidden"),
            ("clip-path", "inset(50%)"),
            ("white-space", "nowrap"),
        ];
        for (property, value) in hidden {
            // A property the browser does not know is ignored, which is no error.
            let _ = style.set_property(property, value);
        }
        if let Some(body) = paper(document).body() {
            append(&body, &region);
        }
        Announcer { region, pending: None }
    }

    /// Says it once the region has stood empty for a moment: screen readers miss a text that
    /// comes together with its region.
    pub fn say(&mut self, window: &Window, text: String) {
        let region = self.region.clone();
        region.set_text_content(None);
        self.pending = Some(Timer::new(window, 150, move || region.set_text_content(Some(&text))));
    }
}

impl Drop for Announcer {
    fn drop(&mut self) {
        self.region.remove();
    }
}
