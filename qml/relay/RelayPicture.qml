// The relay on this computer as a picture: its door, and a door round it for each connection, which
// appears, lives and leaves with it.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: picture

  required property RelayPresenter relay
  required property RelayGuestsModel guests
  property bool wide: true
  // People stand round the outer arch where it has room for them; the sentence below says it all.
  readonly property bool peopled: wide && guests.count > 0

  radius: Theme.radiusCard
  color: Theme.hall
  Accessible.ignored: true

  Rectangle {
    x: 16
    y: parent.height - 42
    width: parent.width - 32
    height: 2
    color: Theme.hallLine
  }
  Image {
    id: outer
    readonly property int reach: Math.min(picture.width - 80, (picture.height - 70) * 2)
    anchors.horizontalCenter: parent.horizontalCenter
    y: parent.height - 41 - height
    width: reach
    height: reach / 2 + 20
    sourceSize.width: width * 2
    sourceSize.height: height * 2
    source: "image://look/arches/" + (width - 8) + "/" + (height - 6) + "/2/1/0/000000/" + Theme.hex(Theme.hallRaised) + "/0/0"
    Accessible.ignored: true
  }
  VoiceArches {
    anchors.horizontalCenter: parent.horizontalCenter
    y: parent.height - 40 - height
    initials: ""
    count: 3
    doorWidth: 64
    doorHeight: 88
    gap: 12
    floorReach: 4
    lit: picture.relay.shown.calls > 0 ? 3 : 0
    bare: true
  }
  Image {
    anchors.horizontalCenter: parent.horizontalCenter
    y: parent.height - 42 - height
    width: 64
    height: 88
    sourceSize.width: 128
    sourceSize.height: 176
    source: "image://look/door/64/88/" + Theme.hex(Theme.hallRaised) + "/000000"
    Accessible.ignored: true
  }
  Icon {
    anchors.horizontalCenter: parent.horizontalCenter
    y: parent.height - 98
    name: picture.relay.shown.failed ? "relay-off" : "relay"
    size: 30
    colour: picture.relay.shown.failed ? Theme.hallDanger : Theme.hallText
  }
  Repeater {
    model: picture.peopled ? picture.guests : null
    Item {
      id: guest

      required property string label
      required property string tag
      required property string initials
      required property int hue
      required property bool leaving
      required property int index
      readonly property int count: picture.guests.count
      readonly property real angle: Math.PI * (165 - 150 * (index + 0.5) / count) / 180
      readonly property real radius: outer.reach / 2 - 12
      property bool isHere: Theme.reducedMotion

      x: picture.width / 2 + radius * Math.cos(angle) - width / 2
      y: picture.height - 60 - radius * Math.sin(angle) - 16
      width: 68  // no wider than the way to the next one
      height: 56
      // Comes in, and is seen to leave: the door closes.
      opacity: isHere ? 1 : 0
      Component.onCompleted: isHere = true
      Behavior on opacity {
        enabled: !Theme.reducedMotion
        NumberAnimation {
          duration: Theme.quick
        }
      }
      Behavior on x {
        enabled: !Theme.reducedMotion && guest.isHere
        NumberAnimation {
          duration: Theme.quick
        }
      }
      Behavior on y {
        enabled: !Theme.reducedMotion && guest.isHere
        NumberAnimation {
          duration: Theme.quick
        }
      }
      Doorway {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 30
        height: 37
        letters: 12
        hall: true
        lit: !guest.leaving
        initials: guest.initials
        hue: guest.hue
      }
      Words {
        x: 2
        y: 40
        width: parent.width - 2 * x
        horizontalAlignment: Text.AlignHCenter
        text: guest.label
        color: Theme.hallText
        font.pixelSize: Theme.cap
        Accessible.ignored: true
      }
      // Equal names are told apart by their keys.
      Words {
        x: 2
        y: 54
        width: parent.width - 2 * x
        horizontalAlignment: Text.AlignHCenter
        text: guest.tag
        color: Theme.hallText2
        font.pixelSize: Theme.cap
        Accessible.ignored: true
      }
    }
  }
  Column {
    visible: !picture.peopled
    y: picture.wide ? 40 : 14
    width: parent.width - 48
    anchors.horizontalCenter: parent.horizontalCenter
    spacing: 6
    Words {
      width: parent.width
      horizontalAlignment: Text.AlignHCenter
      text: picture.relay.shown.failed ? qsTr("The door did not open") : picture.relay.shown.onlyHere ? qsTr("Open to this computer only") : picture.relay.shown.serving ? qsTr("The door is open") : picture.relay.shown.stopping ? qsTr("The door is closing") : picture.relay.shown.starting ? qsTr("Getting ready") : qsTr("The door is closed")
      color: picture.relay.shown.failed ? Theme.hallDanger : Theme.hallText
      font.pixelSize: Theme.banner
      font.weight: Font.DemiBold
    }
    Words {
      width: parent.width
      horizontalAlignment: Text.AlignHCenter
      text: picture.relay.shown.failed ? qsTr("Nobody was connected, and no call was lost.") : picture.relay.shown.serving ? qsTr("%1, %2").arg(picture.relay.shown.people).arg(picture.relay.shown.callsText) : picture.relay.shown.starting ? qsTr("Others see it within two seconds.") : picture.relay.shown.stopping ? qsTr("Nobody new can come in.") : qsTr("Nobody can use it now.")
      color: Theme.hallText2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
  }
}
