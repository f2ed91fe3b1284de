// A click on the button grants this one tab (`activeTab`), until it goes elsewhere.
chrome.action.onClicked.addListener(async ({ id }) => {
  try {
    await chrome.scripting.executeScript({ target: { tabId: id }, files: ["content.js"] });
  } catch (error) {
    // Pages of the browser itself are nobody's to read.
    show(id, { badge: "!", title: error.message });
  }
});

chrome.runtime.onMessage.addListener((state, { tab }) => show(tab.id, state));

async function show(tabId, { badge, title = "名注" }) {
  await chrome.action.setTitle({ tabId, title });
  await chrome.action.setBadgeText({ tabId, text: badge });
}
