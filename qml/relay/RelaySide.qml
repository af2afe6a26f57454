// Beside the picture: what to do about a fault, the link and its QR code, how others find the relay.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property RelayPresenter relay
  required property RelayAccess access
  property bool wide: false
  property bool codeWanted: false
  readonly property bool linked: relay.shown.serving && !access.inviteOnly && relay.shown.link.length > 0
  // Where it is wide, the page has the code in the place of the picture.
  readonly property bool showsCode: codeWanted && linked && !relay.shown.onlyHere

  spacing: 12

  Column {
    width: parent.width
    spacing: 12
    visible: root.relay.shown.failed
    Words {
      text: qsTr("What you can do")
      font.pixelSize: Theme.lead
      font.weight: Font.DemiBold
      Accessible.role: Accessible.Heading
    }
    Words {
      width: parent.width
      text: root.relay.shown.faultTitle + ". " + root.relay.shown.faultAdvice
      color: Theme.text2
      wrapMode: Text.WordWrap
      Accessible.role: Accessible.AlertMessage
    }
    Words {
      width: parent.width
      visible: root.relay.shown.portTaken && root.access.port.length > 0
      text: qsTr("Links you have shared contain port %1. With another port they stop working, and people elsewhere need the new link.").arg(root.access.port)
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
    PushButton {
      width: parent.width
      height: 40
      visible: root.relay.shown.portTaken
      kind: PushButton.Primary
      text: qsTr("Use another port")
      onClicked: root.relay.startOnAnyPort()
    }
    PushButton {
      width: parent.width
      height: 40
      kind: root.relay.shown.portTaken ? PushButton.Plain : PushButton.Primary
      glyph: "refresh"
      text: qsTr("Try again")
      onClicked: root.relay.start()
    }
  }
  Column {
    width: parent.width
    spacing: 10
    visible: root.linked
    Words {
      text: root.relay.shown.onlyHere ? qsTr("The link, for this computer only") : qsTr("The link of this relay")
      font.pixelSize: Theme.lead
      font.weight: Font.DemiBold
      Accessible.role: Accessible.Heading
    }
    Rectangle {
      width: parent.width
      height: linkText.height + 24
      radius: Theme.radius
      color: Theme.sunken
      Words {
        id: linkText
        x: 12
        y: 12
        width: parent.width - 24
        text: root.relay.shown.link
        font.family: "monospace"
        font.pixelSize: Theme.cap
        wrapMode: Text.WrapAnywhere
        Accessible.name: qsTr("Link: %1").arg(text)
      }
    }
    PushButton {
      width: parent.width
      glyph: "copy"
      text: qsTr("Copy the link")
      onClicked: root.relay.copyLink()
    }
    PushButton {
      width: parent.width
      visible: !root.relay.shown.onlyHere
      glyph: "code"
      text: root.codeWanted ? qsTr("Hide the QR code") : qsTr("Show the QR code")
      onClicked: root.codeWanted = !root.codeWanted
    }
    Loader {
      active: root.showsCode && !root.wide
      visible: active
      anchors.horizontalCenter: parent.horizontalCenter
      sourceComponent: QrCard {
        link: root.relay.shown.link
      }
    }
  }
  Column {
    width: parent.width
    spacing: 8
    visible: root.relay.shown.serving && !root.relay.shown.onlyHere
    Words {
      visible: root.access.inviteOnly
      width: parent.width
      text: qsTr("People need an invite; make one below.")
      wrapMode: Text.WordWrap
    }
    Words {
      text: qsTr("Others find this relay")
      font.weight: Font.DemiBold
      topPadding: 4
    }
    Row {
      spacing: 8
      Icon {
        name: root.relay.shown.announced ? "check" : "info"
        colour: root.relay.shown.announced ? Theme.ok : Theme.text2
      }
      Words {
        text: root.relay.shown.announced ? (root.access.inviteOnly ? qsTr("They see it on this network, but need an invite") : qsTr("On this network, by themselves")) : !root.access.announces ? qsTr("Not by themselves: announcing is switched off") : qsTr("Not by themselves: it was started without announcing, or Avahi is not running here")
        color: Theme.text2
        font.pixelSize: Theme.small
        width: Math.min(implicitWidth, root.width - 28)
        wrapMode: Text.WordWrap
      }
    }
    Row {
      spacing: 8
      Icon {
        name: "check"
        colour: Theme.ok
      }
      Words {
        text: root.access.inviteOnly ? qsTr("Anywhere else by an invite, if they can reach this computer") : qsTr("Anywhere else by the link, if they can reach this computer")
        width: Math.min(implicitWidth, root.width - 28)
        wrapMode: Text.WordWrap
        color: Theme.text2
        font.pixelSize: Theme.small
      }
    }
  }
  Words {
    width: parent.width
    visible: root.relay.shown.stopping
    text: root.relay.shown.calls > 0 ? qsTr("Running calls continue. When the last one ends, the relay stops; until then nobody new can come in.") : qsTr("Everybody who is connected is being told.")
    color: Theme.text2
    wrapMode: Text.WordWrap
  }
  Words {
    width: parent.width
    visible: root.relay.shown.starting
    text: qsTr("This takes about a second. At the end this computer joins the relay itself to check that it answers.")
    color: Theme.text2
    wrapMode: Text.WordWrap
  }
  PushButton {
    width: parent.width
    height: 40
    visible: root.relay.shown.starting
    text: qsTr("Cancel")
    onClicked: root.relay.stopNow()
  }
  Column {
    width: parent.width
    spacing: 12
    visible: !root.relay.shown.on && !root.relay.shown.failed && !root.relay.shown.stopping
    Words {
      width: parent.width
      text: qsTr("One computer on a network runs a relay, and everybody there sees everybody. It needs no server and no account.")
      color: Theme.text2
      wrapMode: Text.WordWrap
    }
    PushButton {
      width: parent.width
      height: 40
      kind: PushButton.Primary
      glyph: "relay"
      text: qsTr("Start the relay")
      onClicked: root.relay.start()
    }
  }
}
