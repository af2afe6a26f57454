// A few lines of text. The label stands above it; Tab leaves it.
import QtQuick
import QtQuick.Templates as T
import Foyer.Theme

T.TextArea {
  id: root

  required property string label

  implicitHeight: Math.max(112, contentHeight + topPadding + bottomPadding)
  implicitWidth: 200
  padding: 12
  color: Theme.text
  selectionColor: Theme.accent
  selectedTextColor: Theme.accentInk
  font.family: Theme.family
  font.pixelSize: Theme.body
  wrapMode: TextEdit.Wrap
  textFormat: TextEdit.PlainText
  selectByMouse: true
  KeyNavigation.priority: KeyNavigation.BeforeItem
  Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
  Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
  Accessible.name: label

  background: Rectangle {
    radius: Theme.radius
    color: Theme.surface
    border.width: root.activeFocus ? 2 : 1
    border.color: root.activeFocus ? Theme.accent : Theme.lineStrong
    Words {
      x: root.leftPadding
      y: root.topPadding
      width: root.width - 2 * x
      visible: root.length === 0 && root.preeditText.length === 0
      text: root.placeholderText
      color: Theme.text3
      wrapMode: Text.WordWrap
      Accessible.ignored: true
    }
  }
}
