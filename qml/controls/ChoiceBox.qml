// A list to choose one thing from, folded; of a model with a "label" role, or of texts (textRole "").
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Foyer.Theme

T.ComboBox {
  id: root

  required property string label
  property string glyph: ""
  property string none: ""       // shown while there is nothing to choose
  property bool hall: false
  readonly property color ink: hall ? Theme.hallText : Theme.text

  implicitHeight: 40
  implicitWidth: 200
  textRole: "label"
  hoverEnabled: true
  font.pixelSize: Theme.body
  enabled: count > 0
  Accessible.name: root.label + ": " + shownText.text

  background: Rectangle {
    radius: Theme.radius
    color: root.hall ? (root.hovered && root.enabled ? Qt.lighter(Theme.hallRaised, 1.15) : Theme.hallRaised) : Theme.surface
    border.width: root.hall ? 0 : 1
    border.color: root.hovered && root.enabled ? Theme.accent : Theme.lineStrong
    FocusRing {
      visible: root.visualFocus
      hall: root.hall
    }
  }
  indicator: Icon {
    x: root.width - width - 12
    y: (root.height - height) / 2
    name: "down"
    colour: root.ink
  }
  contentItem: Item {
    Icon {
      id: mark
      x: 12
      anchors.verticalCenter: parent.verticalCenter
      visible: root.glyph.length > 0
      name: root.glyph
      colour: root.ink
      size: 18
    }
    Words {
      id: shownText
      x: mark.visible ? 38 : 12
      width: parent.width - x - 36
      anchors.verticalCenter: parent.verticalCenter
      text: root.count > 0 && root.displayText.length > 0 ? root.displayText : root.none
      color: root.enabled ? root.ink : root.hall ? Theme.hallDisabled : Theme.text3
      Accessible.ignored: true
    }
  }
  delegate: T.ItemDelegate {
    id: row

    required property int index
    readonly property string label: root.textAt(index)

    width: ListView.view ? ListView.view.width : 200
    implicitHeight: 36
    highlighted: root.highlightedIndex === index
    Accessible.name: row.label
    background: Rectangle {
      radius: 6
      color: row.highlighted ? Theme.accentSoft : "transparent"
    }
    contentItem: Item {
      Icon {
        x: 6
        anchors.verticalCenter: parent.verticalCenter
        visible: root.currentIndex === row.index
        name: "check"
        colour: Theme.accent
      }
      Words {
        x: 30
        width: parent.width - 36
        anchors.verticalCenter: parent.verticalCenter
        text: row.label
        font.weight: root.currentIndex === row.index ? Font.Medium : Font.Normal
        Accessible.ignored: true
      }
    }
  }
  popup: NamedPopup {
    label: root.label
    y: root.height + 4
    width: root.width
    height: Math.min(list.contentHeight + 8, 260)
    padding: 4
    contentItem: ListView {
      id: list
      clip: true
      T.ScrollBar.vertical: ScrollTrack {}
      model: root.delegateModel
      currentIndex: root.highlightedIndex
      Accessible.role: Accessible.List
      Accessible.name: root.label
    }
    background: Rectangle {
      radius: Theme.radius
      color: Theme.surface
      border.width: 1
      border.color: Theme.lineStrong
    }
  }
}
