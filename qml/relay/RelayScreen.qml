// The relay on this computer: phases, the link, who uses it, and how to stop it.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property RelayPresenter relay
  readonly property bool wide: width >= 800
  readonly property int margin: width >= 560 ? 24 : 16

  signal closed

  color: Theme.bg
  Keys.onEscapePressed: root.closed()

  Flickable {
    anchors.fill: parent
    contentHeight: column.height + 48
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    Column {
      id: column
      x: root.margin
      y: 12
      width: root.width - 2 * root.margin
      spacing: 0

      PushButton {
        x: -14
        kind: PushButton.Quiet
        glyph: "back"
        text: qsTr("Lobby")
        onClicked: root.closed()
      }
      Item {
        width: parent.width
        height: 52
        Words {
          anchors.verticalCenter: parent.verticalCenter
          width: parent.width - power.width - 12
          text: qsTr("Relay on this computer")
          font.pixelSize: root.wide ? Theme.display : 22
          font.weight: Font.DemiBold
          font.letterSpacing: -0.4
          Accessible.role: Accessible.Heading
        }
        Row {
          id: power
          anchors.right: parent.right
          anchors.verticalCenter: parent.verticalCenter
          spacing: 10
          Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.relay.shown.stateWord
            color: Theme.text2
            font.weight: Font.Medium
          }
          ToggleSwitch {
            label: qsTr("Relay on this computer")
            checked: root.relay.shown.on
            enabled: !root.relay.shown.stopping
            onToggled: {
              if (checked)
                root.relay.start();
              else if (root.relay.shown.calls > 0)
                root.relay.stopWhenCallsEnd();
              else
                root.relay.stopNow();
              checked = Qt.binding(() => root.relay.shown.on);
            }
          }
        }
      }
      Words {
        width: parent.width
        text: root.relay.shown.summary
        color: Theme.text2
        wrapMode: Text.WordWrap
        bottomPadding: 18
      }
      Steps {
        width: parent.width
        names: root.relay.shown.stepNames
        states: root.relay.shown.stepStates
      }
      Item {
        width: 1
        height: 18
      }
      Flow {
        width: parent.width
        spacing: 20

        Rectangle {
          id: picture
          width: root.wide ? parent.width - 304 : parent.width
          height: root.wide ? 300 : 264
          radius: Theme.radiusCard
          color: Theme.hall
          Accessible.ignored: true
          // People stand round the outer arch where it has room for them; the sentence below says it all.
          readonly property bool peopled: root.wide && root.relay.shown.hereNames.length > 0

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
            lit: root.relay.shown.calls > 0 ? 3 : 0
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
            name: root.relay.shown.failed ? "relay-off" : "relay"
            size: 30
            colour: root.relay.shown.failed ? Theme.hallDanger : Theme.hallText
          }
          Repeater {
            model: picture.peopled ? root.relay.shown.hereNames : []
            Item {
              id: guest

              required property string modelData
              required property int index
              readonly property int count: root.relay.shown.hereNames.length
              readonly property real angle: Math.PI * (165 - 150 * (index + 0.5) / count) / 180
              readonly property real radius: outer.reach / 2 - 12

              x: picture.width / 2 + radius * Math.cos(angle) - width / 2
              y: picture.height - 60 - radius * Math.sin(angle) - 16
              width: 68  // no wider than the way to the next one
              height: 56
              Doorway {
                anchors.horizontalCenter: parent.horizontalCenter
                width: 30
                height: 37
                letters: 12
                hall: true
                initials: root.relay.shown.hereInitials[guest.index] ?? ""
                hue: root.relay.shown.hereHues[guest.index] ?? 0
              }
              Words {
                y: 40
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: guest.modelData
                color: Theme.hallText
                font.pixelSize: Theme.cap
                Accessible.ignored: true
              }
            }
          }
          Column {
            visible: !picture.peopled
            y: root.wide ? 40 : 14
            width: parent.width - 48
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: 6
            Words {
              width: parent.width
              horizontalAlignment: Text.AlignHCenter
              text: root.relay.shown.failed ? qsTr("The door did not open") : root.relay.shown.serving ? qsTr("The door is open") : root.relay.shown.stopping ? qsTr("The door closes") : root.relay.shown.starting ? qsTr("Getting ready") : qsTr("The door is closed")
              color: root.relay.shown.failed ? Theme.hallDanger : Theme.hallText
              font.pixelSize: Theme.banner
              font.weight: Font.DemiBold
            }
            Words {
              width: parent.width
              horizontalAlignment: Text.AlignHCenter
              text: root.relay.shown.failed ? qsTr("Nobody was connected, and no call was lost.") : root.relay.shown.serving ? qsTr("%1, %2").arg(root.relay.shown.people).arg(root.relay.shown.callsText) : root.relay.shown.starting ? qsTr("Others see it two seconds after it serves.") : root.relay.shown.stopping ? qsTr("Nobody new comes in.") : qsTr("Nobody can use it now.")
              color: Theme.hallText2
              font.pixelSize: Theme.small
              wrapMode: Text.WordWrap
            }
          }
        }
        Column {
          width: root.wide ? 284 : parent.width
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
            visible: root.relay.shown.serving && root.relay.shown.link.length > 0
            Words {
              text: qsTr("The link of this relay")
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
          }
          Column {
            width: parent.width
            spacing: 8
            visible: root.relay.shown.serving
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
                text: root.relay.shown.announced ? qsTr("On this network, by themselves")
                                                 : qsTr("Not by themselves: this system announces nothing (Avahi does not run)")
                color: Theme.text2
                font.pixelSize: Theme.small
                width: Math.min(implicitWidth, column.width - 40, 256)
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
                text: qsTr("Anywhere else by the link, if they reach this computer")
                width: Math.min(implicitWidth, column.width - 40, 256)
                wrapMode: Text.WordWrap
                color: Theme.text2
                font.pixelSize: Theme.small
              }
            }
          }
          Words {
            width: parent.width
            visible: root.relay.shown.stopping
            text: root.relay.shown.calls > 0 ? qsTr("Calls that run go on. When the last one has ended, the relay stops; until then nobody new comes in.") : qsTr("The relay says goodbye to everybody who is connected.")
            color: Theme.text2
            wrapMode: Text.WordWrap
          }
          Words {
            width: parent.width
            visible: root.relay.shown.starting
            text: qsTr("This takes about a second. The relay checks by itself that others can reach it.")
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
      }
      Words {
        width: parent.width
        visible: root.relay.shown.hereText.length > 0
        topPadding: 14
        text: root.relay.shown.hereText
        color: Theme.text2
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
      Item {
        width: 1
        height: 18
      }
      Rectangle {
        width: parent.width
        height: 1
        color: Theme.line
      }
      Item {
        width: 1
        height: 14
      }
      Flow {
        width: parent.width
        spacing: 12
        Row {
          spacing: 10
          width: root.wide ? column.width - (stops.visible ? stops.width + 12 : 0) : column.width
          Icon {
            y: 9
            name: "lock"
            size: 18
            colour: Theme.text2
          }
          Words {
            y: 9
            width: parent.width - 28
            text: qsTr("The relay sees who talks to whom and when, never what is said.")
            color: Theme.text2
            font.pixelSize: Theme.small
            wrapMode: Text.WordWrap
          }
        }
        Row {
          id: stops
          visible: root.relay.shown.serving || (root.relay.shown.stopping && root.relay.shown.calls > 0)
          spacing: 8
          Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.relay.shown.calls > 0 && root.wide
            rightPadding: 8
            text: qsTr("%1 on this relay").arg(root.relay.shown.callsText)
            color: Theme.text2
            font.pixelSize: Theme.small
          }
          PushButton {
            visible: root.relay.shown.calls > 0 && !root.relay.shown.stopping
            text: qsTr("Stop when they end")
            onClicked: root.relay.stopWhenCallsEnd()
          }
          PushButton {
            kind: PushButton.DangerSoft
            text: root.relay.shown.calls > 0 ? qsTr("Stop now, calls drop") : qsTr("Stop now")
            onClicked: root.relay.stopNow()
          }
        }
      }
    }
  }
}
