// Who may come into the relay here: everybody, or who has an invite; the invites, each with its end.
// Qt 6.4's Loader refuses bound components, so what it loads reaches ids unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property RelayAccess access
  property bool serving: false
  property string shownCode   // the link of the invite whose QR code is unfolded
  readonly property bool wide: width >= 620

  spacing: 8

  Words {
    text: qsTr("Who may come in")
    font.pixelSize: Theme.lead
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
  }
  SettingRow {
    width: parent.width
    title: qsTr("Only with an invite")
    advice: root.access.inviteOnly ? qsTr("Nobody gets in without one. Anyone already in stays until they leave.") : qsTr("Anyone who has the link or finds this relay on the network gets in.")
    isOn: root.access.inviteOnly
    onWanted: isOn => root.access.inviteOnly = isOn
  }
  Column {
    width: parent.width
    visible: root.access.inviteOnly
    spacing: 8
    Flow {
      width: parent.width
      spacing: 8
      Words {
        height: 36
        verticalAlignment: Text.AlignVCenter
        text: qsTr("New invite, valid for")
        color: Theme.text2
      }
      PushButton {
        text: qsTr("One hour")
        Accessible.name: qsTr("New invite for one hour")
        onClicked: root.access.makeInvite(RelayAccess.Hour)
      }
      PushButton {
        text: qsTr("One day")
        Accessible.name: qsTr("New invite for one day")
        onClicked: root.access.makeInvite(RelayAccess.Day)
      }
      PushButton {
        text: qsTr("Until I take it back")
        Accessible.name: qsTr("New invite until I take it back")
        onClicked: root.access.makeInvite(RelayAccess.Endless)
      }
    }
    Words {
      width: parent.width
      visible: text.length > 0
      text: root.access.inviteError
      color: Theme.danger
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
      Accessible.role: Accessible.AlertMessage
    }
    Words {
      width: parent.width
      text: qsTr("Anyone with an invite can use it until it expires. Whoever has used it can return while this relay runs, even after that. Taking it back removes everyone who came in with it.")
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
    Repeater {
      model: root.access.invites.length
      Rectangle {
        id: card

        required property int index
        readonly property list<string> cells: root.access.invites[index] ?? ["", "", ""]
        readonly property string link: cells[0]
        readonly property bool over: cells[2] === "over"

        width: root.width
        height: lines.height + 20
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: 1
        border.color: Theme.line
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("Invite: %1").arg(cells[1])

        Column {
          id: lines
          x: 16
          y: 10
          width: parent.width - 30
          spacing: 6
          Item {
            width: parent.width
            height: root.wide ? 36 : 36 + tools.height
            Icon {
              y: 10
              name: card.over ? "info" : "invite"
              colour: card.over ? Theme.text2 : Theme.ok
            }
            Words {
              x: 26
              height: 36
              width: (root.wide ? tools.x : parent.width) - x - 8
              verticalAlignment: Text.AlignVCenter
              text: card.cells[1]
              color: card.over ? Theme.text2 : Theme.text
              font.weight: Font.Medium
            }
            Flow {
              id: tools
              readonly property real line: Math.ceil(backButton.implicitWidth + (card.over ? 0 : copyButton.implicitWidth + codeButton.implicitWidth))
              x: root.wide ? parent.width - width : 12
              y: root.wide ? 0 : 36
              width: Math.min(line, parent.width - 12)
              PushButton {
                id: copyButton
                visible: !card.over
                enabled: root.serving
                kind: PushButton.Quiet
                glyph: "copy"
                text: qsTr("Copy the link")
                Accessible.name: qsTr("Copy invite %1").arg(card.index + 1)
                onClicked: root.access.copyInvite(card.index)
              }
              PushButton {
                id: codeButton
                visible: !card.over
                enabled: root.serving
                kind: PushButton.Quiet
                text: root.shownCode === card.link ? qsTr("Hide the QR code") : qsTr("Show the QR code")
                Accessible.name: root.shownCode === card.link ? qsTr("Hide the QR code of invite %1").arg(card.index + 1) : qsTr("Show the QR code of invite %1").arg(card.index + 1)
                onClicked: root.shownCode = root.shownCode === card.link ? "" : card.link
              }
              PushButton {
                id: backButton
                kind: PushButton.Quiet
                glyph: "close"
                text: card.over ? qsTr("Remove") : qsTr("Take back")
                Accessible.name: card.over ? qsTr("Remove invite %1").arg(card.index + 1) : qsTr("Take back invite %1").arg(card.index + 1)
                onClicked: {
                  root.shownCode = "";
                  root.access.revokeInvite(card.index);
                }
              }
            }
          }
          Loader {
            active: card.link.length > 0 && root.shownCode === card.link
            visible: active
            sourceComponent: QrCard {
              link: card.link
            }
          }
        }
      }
    }
  }
}
