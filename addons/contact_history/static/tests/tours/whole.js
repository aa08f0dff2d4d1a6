/** Fail when one of these elements shows less than it holds. */
export function assertWhole(selector) {
    for (const element of document.querySelectorAll(selector)) {
        if (element.scrollWidth > element.clientWidth + 1) {
            throw new Error(`Cut: ${element.textContent.trim()}`);
        }
    }
}
