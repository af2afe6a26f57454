// Brings what the keyboard reaches inside a page that scrolls into sight.
import QtQuick
import QtQuick.Window

QtObject {
  id: root

  required property Flickable flickable
  readonly property Item focused: flickable.Window.activeFocusItem

  onFocusedChanged: {
    let around = focused;
    while (around && around !== flickable.contentItem)
      around = around.parent;
    if (!around || around === focused)
      return;
    const top = focused.mapToItem(flickable.contentItem, 0, 0).y;
    if (top < flickable.contentY)
      flickable.contentY = Math.max(0, top - 12);
    else if (top + focused.height > flickable.contentY + flickable.height)
      flickable.contentY = Math.min(flickable.contentHeight - flickable.height, top + focused.height - flickable.height + 12);
  }
}
