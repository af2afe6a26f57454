// Who, how long, one line that is always true, and why it sounds as it does.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property CallPresenter call
  property bool narrow: false
  property bool terse: false   // no room for a sentence that says that all is well
  readonly property bool tight: width < 340

  signal diagnosticsWanted

  height: explanation.visible ? explanation.y + explanation.height : 62

  Row {
    spacing: 12
    Words {
      width: Math.min(implicitWidth, root.width - clock.width - 24 - (tag.visible ? tag.width + 12 : 0) - (signed.visible ? 12 + Math.min(signed.implicitWidth, 160) : 0))
      text: root.call.shown.name
      color: Theme.hallText
      font.pixelSize: root.narrow ? 22 : Theme.display
      font.weight: Font.DemiBold
      font.letterSpacing: -0.4
      Accessible.role: Accessible.Heading
    }
    KeyTag {
      id: tag
      anchors.verticalCenter: parent.verticalCenter
      hall: true
      tag: root.tight ? "" : root.call.shown.tag
    }
    Words {
      id: signed
      anchors.verticalCenter: parent.verticalCenter
      visible: text.length > 0
      width: Math.min(implicitWidth, 160)
      text: root.tight ? "" : root.call.shown.signedText
      color: Theme.hallText2
      font.pixelSize: Theme.small
    }
  }
  Words {
    id: clock
    anchors.right: parent.right
    y: root.narrow ? 2 : 6
    width: 84
    horizontalAlignment: Text.AlignRight
    text: root.call.clock
    color: Theme.hallText
    font.pixelSize: Theme.title
    font.weight: Font.Medium
    Accessible.name: qsTr("Duration %1").arg(text)
  }
  T.AbstractButton {
    id: bars
    y: 31
    width: 36
    height: 36
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Connection %1: show diagnostics").arg(root.call.shown.barsWord)
    onClicked: root.diagnosticsWanted()
    contentItem: Item {
      PathBars {
        y: 9
        hall: true
        bars: root.call.shown.bars
      }
    }
    background: Rectangle {
      x: -6
      radius: Theme.radius
      color: bars.hovered ? Theme.hallRaised : "transparent"
      FocusRing {
        visible: bars.visualFocus
        hall: true
      }
    }
  }
  Words {
    id: status
    x: 35
    y: 41
    width: parent.width - x
    text: root.tight || line.advanceWidth > width ? root.call.shown.statusShort : root.terse && root.call.shown.path.length > 0 ? root.call.shown.statusLine + " · " + root.call.shown.pathWord : root.call.shown.statusLine
    color: Theme.hallText2
  }
  TextMetrics {
    id: line
    font: status.font
    text: root.call.shown.statusLine
  }
  Row {
    id: way
    // Without room a word behind the status has to do, and beside the diagnostics nothing: they say it.
    visible: root.call.shown.path.length > 0 && !root.terse && !root.tight
    y: 66
    width: parent.width
    spacing: 8
    Icon {
      y: root.narrow ? 2 : 0  // wrapped lines are higher
      name: root.call.shown.pathGlyph
      colour: Theme.hallText2
    }
    Words {
      width: parent.width - 24
      text: root.call.shown.path
      color: Theme.hallText2
      font.pixelSize: Theme.small
      wrapMode: root.narrow ? Text.WordWrap : Text.NoWrap
      maximumLineCount: 2
    }
  }
  Words {
    id: explanation
    // Its line stays reserved: what stands under it is clicked while this comes and goes.
    visible: !root.terse || root.call.shown.isSuffering
    y: way.visible ? way.y + way.height + 4 : 66
    width: parent.width
    height: Math.max(implicitHeight, oneLine.implicitHeight)
    text: root.call.shown.explanation
    color: root.call.shown.isSuffering ? Theme.hallCaution : Theme.hallText2
    font.pixelSize: Theme.small
    wrapMode: root.narrow ? Text.WordWrap : Text.NoWrap
    maximumLineCount: root.narrow ? 3 : 1
  }
  Words {
    id: oneLine
    visible: false
    text: "0"
    font.pixelSize: Theme.small
  }
}
