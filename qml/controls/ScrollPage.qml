// A column that scrolls; what the keyboard reaches is brought into sight.
import QtQuick
import QtQuick.Templates as T

Flickable {
  id: root

  default property alias rows: column.data
  property int margin: 0
  property int above: 12
  property int gutter: 0  // right of the column, for the scroll bar, where there is no margin

  // What was put in just now gets its place at once.
  function layOut() {
    column.forceLayout();
  }

  contentHeight: column.height + above + 24
  boundsBehavior: Flickable.StopAtBounds
  clip: true
  T.ScrollBar.vertical: ScrollTrack {}

  FollowFocus {
    flickable: root
  }
  Column {
    id: column
    x: root.margin
    y: root.above
    width: root.width - 2 * root.margin - root.gutter
  }
}
