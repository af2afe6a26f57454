// The top of a page: the way home where no rail leads there, the title, what is done with the whole
// page, and what chooses in it. In one line where that fits, else below each other.
import QtQuick
import Foyer.Theme

Item {
  id: root

  required property string title
  property bool wide: false
  property bool hasBack: false
  property string backText: qsTr("Lobby")
  property alias actions: actionRow.data
  default property alias tools: toolRow.data
  readonly property real gap: 12
  readonly property bool isTitleLine: !hasBack && heading.implicitWidth + gap + actionRow.width <= width
  readonly property bool isBackLine: hasBack && backButton.width + gap + actionRow.width <= width
  readonly property bool isOneLine: isTitleLine && heading.implicitWidth + 2 * gap + actionRow.width + toolRow.width <= width
  readonly property real belowTitle: heading.y + heading.height

  signal closed

  implicitHeight: Math.max(belowTitle, actionRow.width > 0 ? actionRow.y + actionRow.height : 0, toolRow.width > 0 ? toolRow.y + toolRow.height : 0)

  PushButton {
    id: backButton
    x: -14
    visible: root.hasBack
    kind: PushButton.Quiet
    glyph: "back"
    text: root.backText
    onClicked: root.closed()
  }
  Words {
    id: heading
    y: root.hasBack ? 40 : 4
    width: root.isOneLine ? implicitWidth : root.isTitleLine ? parent.width - actionRow.width - root.gap : parent.width
    height: 44
    verticalAlignment: Text.AlignVCenter
    text: root.title
    font.pixelSize: root.wide ? Theme.display : 22
    font.weight: Font.DemiBold
    font.letterSpacing: -0.4
    Accessible.role: Accessible.Heading
  }
  Row {
    id: actionRow
    x: root.isOneLine && toolRow.width > 0 ? toolRow.x - width - root.gap : root.isTitleLine || root.isBackLine ? parent.width - width : 0
    y: root.isTitleLine ? heading.y + (heading.height - height) / 2 : root.isBackLine ? (36 - height) / 2 : root.belowTitle + 4
    spacing: 8
  }
  Row {
    id: toolRow
    x: root.isOneLine ? parent.width - width : 0
    y: root.isOneLine ? heading.y + (heading.height - height) / 2 : (root.isTitleLine || root.isBackLine || actionRow.width === 0 ? root.belowTitle : actionRow.y + actionRow.height) + 4
    spacing: 8
  }
}
