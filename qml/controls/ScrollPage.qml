// A column that scrolls; what the keyboard reaches is brought into sight.
import QtQuick
import QtQuick.Templates as T
import QtQuick.Window

Flickable {
  id: root

  default property alias rows: column.data
  property int margin: 0
  property int above: 12
  property int gutter: 0  // right of the column, for the scroll bar, where there is no margin
  readonly property Item focused: Window.activeFocusItem

  // What was put in just now gets its place at once.
  function layOut() {
    column.forceLayout();
  }

  onFocusedChanged: {
    let around = focused;
    while (around && around !== column)
      around = around.parent;
    if (!around)
      return;
    const at = focused.mapToItem(column, 0, 0).y + column.y;
    if (at < contentY)
      contentY = Math.max(0, at - 12);
    else if (at + focused.height > contentY + height)
      contentY = Math.min(contentHeight - height, at + focused.height - height + 12);
  }

  contentHeight: column.height + above + 24
  boundsBehavior: Flickable.StopAtBounds
  clip: true
  T.ScrollBar.vertical: ScrollTrack {}

  Column {
    id: column
    x: root.margin
    y: root.above
    width: root.width - 2 * root.margin - root.gutter
  }
}
