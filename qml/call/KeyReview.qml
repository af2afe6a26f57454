// A key to be suspicious of, changed or with words that differed: the keys, both reasons, and the
// safe choice in focus. Before ringing.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property AppPresenter app
  readonly property bool wide: width >= 700

  color: Theme.bg
  Keys.onEscapePressed: root.app.showLobby()

  Rectangle {
    width: parent.width
    height: 4
    color: Theme.dangerFill
    z: 1
  }
  ReadingPage {
    id: page
    width: parent.width
    height: Math.min(contentHeight, root.height - decision.height)
    contentHeight: column.y + column.height
    label: qsTr("The keys and what may be behind it; arrow keys scroll")

    PushButton {
      x: 10
      y: 14
      kind: PushButton.Quiet
      glyph: "back"
      text: qsTr("Lobby")
      onClicked: root.app.showLobby()
    }
    Column {
      id: column
      anchors.horizontalCenter: parent.horizontalCenter
      y: root.wide ? 62 : 50
      width: Math.min(640, root.width - 40)
      spacing: 0

      Row {
        spacing: 20
        Doorway {
          width: 64
          height: 80
          initials: root.app.review.initials
          hue: root.app.review.hue
          Rectangle {
            x: 44
            y: 54
            width: 30
            height: 30
            radius: 15
            color: Theme.bg
            Icon {
              anchors.centerIn: parent
              name: "warning"
              size: 20
              colour: Theme.danger
            }
          }
        }
        Column {
          width: column.width - 84
          spacing: 4
          Words {
            width: parent.width
            text: root.app.review.title
            font.pixelSize: root.wide ? Theme.display : 22
            font.weight: Font.DemiBold
            font.letterSpacing: -0.4
            wrapMode: Text.WordWrap
            lineHeight: 1.1
            Accessible.role: Accessible.Heading
          }
          Words {
            width: parent.width
            text: root.app.review.sentence
            color: Theme.text2
            wrapMode: Text.WordWrap
          }
        }
      }
      Item {
        width: 1
        height: root.wide ? 24 : 12
      }
      Rectangle {
        width: parent.width
        height: keys.height + 28
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: 1
        border.color: Theme.line
        Column {
          id: keys
          x: 20
          y: 14
          width: parent.width - 40
          spacing: 6
          Row {
            spacing: 8
            visible: root.app.review.oldKey.length > 0
            Icon {
              name: "verified"
              colour: Theme.ok
            }
            Words {
              text: root.app.review.oldTitle
              font.pixelSize: Theme.small
              font.weight: Font.Medium
              Accessible.ignored: true
            }
          }
          KeyGroups {
            visible: root.app.review.oldKey.length > 0
            width: parent.width
            label: root.app.review.oldTitle
            groups: root.app.review.oldKey
          }
          Item {
            width: 1
            height: 6
          }
          Row {
            spacing: 8
            Icon {
              name: "warning"
              colour: Theme.danger
            }
            Words {
              text: root.app.review.newTitle
              color: Theme.danger
              font.pixelSize: Theme.small
              font.weight: Font.Medium
              Accessible.ignored: true
            }
          }
          KeyGroups {
            width: parent.width
            label: root.app.review.newTitle
            groups: root.app.review.newKey
            other: root.app.review.oldKey
            offered: true
          }
        }
      }
      Item {
        width: 1
        height: root.wide ? 18 : 10
      }
      Flow {
        width: parent.width
        spacing: root.wide ? 20 : 10
        Column {
          width: root.wide ? 310 : parent.width
          spacing: 4
          Words {
            text: qsTr("Usually")
            font.weight: Font.DemiBold
          }
          Words {
            width: parent.width
            text: root.app.review.usually
            color: Theme.text2
            wrapMode: Text.WordWrap
          }
        }
        Column {
          width: root.wide ? 310 : parent.width
          spacing: 4
          Words {
            text: qsTr("Rare, but serious")
            font.weight: Font.DemiBold
          }
          Words {
            width: parent.width
            text: qsTr("Somebody in between is answering in their name. Only comparing words by voice can tell.")
            color: Theme.text2
            wrapMode: Text.WordWrap
          }
        }
      }
    }
  }
  // What is decided stays in sight, however low the window is.
  Column {
    id: decision
    anchors.horizontalCenter: parent.horizontalCenter
    y: page.height
    width: column.width
    topPadding: root.wide ? 26 : 10
    bottomPadding: root.wide ? 20 : 12
    spacing: root.wide ? 20 : 12
    Flow {
      width: parent.width
      spacing: root.wide ? 16 : 8
      PushButton {
        id: safe
        width: root.wide ? 150 : implicitWidth
        height: 44
        text: qsTr("Don’t call")
        onClicked: root.app.showLobby()
      }
      PushButton {
        height: 44
        kind: PushButton.Primary
        glyph: "call"
        text: qsTr("Call and compare words")
        onClicked: root.app.callReviewed()
      }
    }
    Words {
      width: parent.width
      text: root.app.review.further
      color: Theme.text3
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
  }
  Component.onCompleted: safe.forceActiveFocus(Qt.TabFocusReason)
}
