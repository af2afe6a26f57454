// One relay that was joined: how it is, in words and by its shape; its place in the order; unfolded,
// its key and what can be done with it.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property string fingerprint
  required property string name
  required property string address
  required property int standing
  required property string stateText
  required property string glyph
  required property string sentence
  required property string delayText
  required property bool own
  required property bool unconfirmed
  required property list<string> key
  required property list<string> earlierKeys
  required property list<string> offeredKey
  required property string description
  required property int index
  property int count: 1
  property bool unfolded: bad
  property bool leaving: false
  readonly property bool bad: standing === RelaysModel.KeyChanged || standing === RelaysModel.WrongKey
  readonly property color ink: bad ? Theme.danger : standing === RelaysModel.Verified ? Theme.ok : standing === RelaysModel.Offline || standing === RelaysModel.Elsewhere ? Theme.caution : Theme.text2
  readonly property bool wide: width >= 620

  signal upWanted
  signal downWanted
  signal leaveWanted
  signal confirmed
  signal offeredTaken
  signal retried
  signal keyCopied
  signal linkCopied
  signal hostingWanted

  implicitHeight: column.height + 24
  radius: Theme.radiusCard
  color: Theme.surface
  border.width: 1
  border.color: bad ? Theme.danger : Theme.line
  Accessible.role: Accessible.Grouping
  Accessible.name: description

  Column {
    id: column
    x: 16
    y: 12
    width: parent.width - 28
    spacing: 10

    Item {
      width: parent.width
      height: Math.max(36, texts.height) + (root.wide ? 0 : 40)

      Icon {
        y: 2
        name: "relay"
        size: 18
        colour: Theme.text2
      }
      Column {
        id: texts
        x: 30
        width: (root.wide ? tools.x - 12 : parent.width) - x
        spacing: 3
        Words {
          width: parent.width
          text: root.name
          font.pixelSize: Theme.lead
          font.weight: Font.DemiBold
        }
        Row {
          spacing: 6
          Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.glyph
            colour: root.ink
          }
          Words {
            text: root.stateText
            color: root.ink
            font.pixelSize: Theme.small
            font.weight: Font.Medium
          }
          Words {
            visible: root.delayText.length > 0
            text: "· " + root.delayText
            color: Theme.text2
            font.pixelSize: Theme.small
            Accessible.name: qsTr("Round trip %1").arg(root.delayText)
          }
        }
        Words {
          width: parent.width
          text: root.sentence
          color: Theme.text2
          font.pixelSize: Theme.small
          wrapMode: Text.WordWrap
        }
      }
      Row {
        id: tools
        x: root.wide ? parent.width - width : 16
        y: root.wide ? 0 : parent.height - 36
        spacing: 0
        ToolButton {
          visible: root.count > 1
          enabled: root.index > 0
          opacity: enabled ? 1 : 0.35
          glyph: "up"
          label: qsTr("Prefer %1").arg(root.name)
          onClicked: root.upWanted()
        }
        ToolButton {
          visible: root.count > 1
          enabled: root.index < root.count - 1
          opacity: enabled ? 1 : 0.35
          glyph: "down"
          label: qsTr("Put %1 further down").arg(root.name)
          onClicked: root.downWanted()
        }
        PushButton {
          kind: PushButton.Quiet
          glyph: "key"
          text: root.unfolded ? qsTr("Less") : qsTr("Key and more")
          Accessible.name: root.unfolded ? qsTr("Fold %1").arg(root.name) : qsTr("Key of %1 and what can be done").arg(root.name)
          onClicked: root.unfolded = !root.unfolded
        }
      }
    }
    Column {
      width: parent.width
      visible: root.unfolded
      spacing: 10
      leftPadding: root.wide ? 30 : 0

      Words {
        text: root.offeredKey.length > 0 ? (root.standing === RelaysModel.WrongKey ? qsTr("Key in the link") : qsTr("Key until now")) : qsTr("Key of this relay")
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        Accessible.ignored: true
      }
      KeyGroups {
        width: parent.width - parent.leftPadding
        label: qsTr("Key of %1").arg(root.name)
        groups: root.key
      }
      Words {
        visible: root.offeredKey.length > 0
        text: qsTr("Key offered now")
        color: Theme.danger
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        Accessible.ignored: true
      }
      KeyGroups {
        visible: root.offeredKey.length > 0
        width: parent.width - parent.leftPadding
        label: qsTr("Key offered now")
        groups: root.offeredKey
        other: root.key
        offered: true
      }
      Column {
        width: parent.width - parent.leftPadding
        visible: root.earlierKeys.length > 0
        spacing: 3
        Words {
          text: qsTr("Earlier keys")
          font.pixelSize: Theme.small
          font.weight: Font.Medium
        }
        Repeater {
          model: root.earlierKeys
          Words {
            required property string modelData
            width: parent ? parent.width : 0
            text: modelData
            color: Theme.text2
            font.family: "monospace"
            font.pixelSize: Theme.cap
            wrapMode: Text.WordWrap
          }
        }
      }
      Words {
        width: parent.width - parent.leftPadding
        visible: root.address.length > 0
        text: qsTr("Its address: %1").arg(root.address)
        color: Theme.text2
        font.pixelSize: Theme.small
        wrapMode: Text.WrapAnywhere
      }
      Flow {
        width: parent.width - parent.leftPadding
        spacing: 8
        visible: !root.leaving
        PushButton {
          visible: root.unconfirmed
          kind: PushButton.Primary
          text: qsTr("I compared the key: it matches")
          onClicked: root.confirmed()
        }
        PushButton {
          visible: root.bad
          kind: PushButton.DangerSoft
          text: qsTr("The key is right: use it")
          onClicked: root.offeredTaken()
        }
        PushButton {
          visible: root.standing === RelaysModel.Offline || root.standing === RelaysModel.Elsewhere
          glyph: "refresh"
          text: qsTr("Try now")
          Accessible.name: qsTr("Try %1 now").arg(root.name)
          onClicked: root.retried()
        }
        // While two keys are shown, it would not be clear which one is copied.
        PushButton {
          visible: !root.bad
          glyph: "copy"
          text: qsTr("Copy the key")
          Accessible.name: qsTr("Copy the key of %1").arg(root.name)
          onClicked: root.keyCopied()
        }
        PushButton {
          visible: !root.own && !root.bad && root.address.length > 0
          glyph: "copy"
          text: qsTr("Copy the link")
          Accessible.name: qsTr("Copy the link of %1").arg(root.name)
          onClicked: root.linkCopied()
        }
        PushButton {
          visible: root.own
          glyph: "relay"
          text: qsTr("Its page")
          Accessible.name: qsTr("The page of the relay on this computer")
          onClicked: root.hostingWanted()
        }
        PushButton {
          id: leaveButton
          visible: !root.own
          kind: PushButton.Quiet
          glyph: "close"
          text: qsTr("Leave…")
          Accessible.name: qsTr("Leave %1").arg(root.name)
          onClicked: root.leaving = true
        }
      }
      Loader {
        width: parent.width - parent.leftPadding
        active: root.leaving
        visible: active
        sourceComponent: Strip {
          glyph: "warning"
          mark: Theme.caution
          color: Theme.cautionSoft
          border.width: 1
          border.color: Theme.caution
          title: qsTr("Leave %1?").arg(root.name)
          advice: qsTr("Calls through it end. Its link, its key and your invite are forgotten here; to come back you need the link again.")
          PushButton {
            text: qsTr("Stay")
            onClicked: {
              root.leaving = false;
              leaveButton.forceActiveFocus(Qt.TabFocusReason);
            }
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
          }
          PushButton {
            kind: PushButton.DangerSoft
            text: qsTr("Leave and forget")
            Accessible.name: qsTr("Leave and forget %1").arg(root.name)
            onClicked: root.leaveWanted()
          }
        }
      }
    }
  }
}
