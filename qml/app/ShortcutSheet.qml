// The keys on one page: F1 or ? opens it, the same or Esc closes it. Lists the shortcuts that there are.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Theme

NamedPopup {
  id: root

  readonly property bool wide: width >= 620
  readonly property list<string> titles: [qsTr("Everywhere"), qsTr("Lobby"), qsTr("In a call")]
  readonly property var keys: [[
    [qsTr("F1, ?"), qsTr("This page")],
    [qsTr("Ctrl+,"), qsTr("Settings (not during a call)")],
    [qsTr("Ctrl+Enter"), qsTr("Accept a call; in the lobby, call the selected person")],
    [qsTr("Esc"), qsTr("Decline, cancel, go back; never ends a running call")],
    [qsTr("Tab"), qsTr("Next control")]
  ], [
    [qsTr("Ctrl+F"), qsTr("Find a person, or a setting in the settings")],
    [qsTr("↑ ↓ Home End"), qsTr("Move in the list")],
    [qsTr("Enter"), qsTr("Call the selected person")],
    [qsTr("Ctrl+H"), qsTr("History of calls")],
    [qsTr("Ctrl+P"), qsTr("Contacts")],
    [qsTr("F6"), qsTr("Next region of the window")]
  ], [
    [qsTr("M, Ctrl+M"), qsTr("Mute your microphone")],
    [qsTr("D"), qsTr("Deafen: hear nothing")],
    [qsTr("Hold T"), qsTr("Talk (push to talk)")],
    [qsTr("Ctrl+K"), qsTr("The words to compare")],
    [qsTr("Ctrl+1 … 4"), qsTr("Quality: Auto, Studio, Clear, Saver")],
    [qsTr("F12"), qsTr("Diagnostics")],
    [qsTr("Ctrl+E"), qsTr("End the call")]
  ]]

  property bool hasGuide: false

  signal guideWanted

  label: qsTr("Keyboard")
  anchors.centerIn: T.Overlay.overlay
  // Not the parent's size: a popup's parent is the Loader that made it, which has none.
  width: Math.min(680, (T.Overlay.overlay ? T.Overlay.overlay.width : 680) - 32)
  height: Math.min(page.contentHeight + 40, (T.Overlay.overlay ? T.Overlay.overlay.height : 640) - 32)
  padding: 20
  rightPadding: 8  // the bar stands in it
  modal: true
  focus: true
  onOpened: closeButton.forceActiveFocus(Qt.TabFocusReason)
  T.Overlay.modal: Rectangle {
    color: Qt.alpha(Theme.sunken, 0.6)
  }
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.lineStrong
  }
  contentItem: ReadingPage {
    id: page
    contentHeight: column.height
    label: qsTr("All the keys; arrow keys scroll")

    Shortcut {
      enabled: root.opened  // else the window’s own would be ambiguous
      sequences: ["F1", "?"]
      onActivated: root.close()
    }
    Column {
      id: column
      width: page.width - 12
      spacing: 16

      Item {
        width: parent.width
        height: 44
        Words {
          anchors.verticalCenter: parent.verticalCenter
          text: qsTr("Keyboard")
          font.pixelSize: Theme.title
          font.weight: Font.DemiBold
          Accessible.role: Accessible.Heading
        }
        Row {
          anchors.right: parent.right
          anchors.rightMargin: 4  // the ring round it is not cut off
          anchors.verticalCenter: parent.verticalCenter
          spacing: 8
          PushButton {
            visible: root.hasGuide
            kind: PushButton.Quiet
            glyph: "help"
            text: qsTr("User guide")
            onClicked: {
              root.close();
              root.guideWanted();
            }
          }
          PushButton {
            id: closeButton
            text: qsTr("Close")
            hint: qsTr("Esc")
            onClicked: root.close()
          }
        }
      }
      Repeater {
        model: root.titles
        Column {
          id: group

          required property string modelData
          required property int index

          width: column.width
          spacing: 4

          Words {
            text: group.modelData
            color: Theme.text2
            font.pixelSize: Theme.small
            font.weight: Font.Medium
            bottomPadding: 2
            Accessible.role: Accessible.Heading
          }
          Grid {
            width: parent.width
            columns: root.wide ? 2 : 1
            columnSpacing: 20
            rowSpacing: 6
            Repeater {
              model: root.keys[group.index]
              Item {
                id: line

                required property var modelData

                width: root.wide ? (group.width - 20) / 2 : group.width
                height: Math.max(24, does.height)
                Accessible.role: Accessible.StaticText
                Accessible.name: line.modelData[0] + ": " + line.modelData[1]

                Rectangle {
                  width: 112
                  height: 24
                  radius: 4
                  color: Theme.sunken
                  Words {
                    anchors.centerIn: parent
                    text: line.modelData[0]
                    font.pixelSize: Theme.small
                    font.weight: Font.Medium
                    Accessible.ignored: true
                  }
                }
                Words {
                  id: does
                  x: 124
                  y: 3
                  width: parent.width - x
                  text: line.modelData[1]
                  color: Theme.text2
                  font.pixelSize: Theme.small
                  wrapMode: Text.WordWrap
                  Accessible.ignored: true
                }
              }
            }
          }
        }
      }
    }
  }
}
