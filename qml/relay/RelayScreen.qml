// The relay on this computer: phases, the link, who uses it, how to stop it, who may come in, how it
// runs, and when it ran.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property RelayPresenter relay
  required property RelayGuestsModel guests
  required property RelayAccess access
  readonly property bool wide: width >= 800
  readonly property int margin: width >= 560 ? 24 : 16
  property bool hasBack: true  // no rail beside the page leads home

  signal closed

  color: Theme.bg
  Keys.onEscapePressed: root.closed()

  ScrollPage {
    anchors.fill: parent
    margin: root.margin

    PageHead {
      width: parent.width
      title: qsTr("Relay on this computer")
      wide: root.wide
      hasBack: root.hasBack
      onClosed: root.closed()
      actions: Row {
        rightPadding: 4  // the ring round the switch is not cut off
        spacing: 10
        Words {
          anchors.verticalCenter: parent.verticalCenter
          text: root.relay.shown.stateWord
          color: Theme.text2
          font.weight: Font.Medium
        }
        ToggleSwitch {
          id: onOff
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
    Loader {
      width: parent.width
      active: root.relay.shown.warningTitle.length > 0
      visible: active
      sourceComponent: Item {
        implicitHeight: warning.implicitHeight + 18
        Strip {
          id: warning
          width: parent.width
          glyph: "warning"
          mark: Theme.caution
          color: Theme.cautionSoft
          title: root.relay.shown.warningTitle
          advice: root.relay.shown.warningAdvice
          Accessible.role: Accessible.AlertMessage
          Accessible.name: title + ". " + advice
        }
      }
    }
    Loader {
      width: parent.width
      active: root.relay.shown.anotherTitle.length > 0
      visible: active
      sourceComponent: Item {
        implicitHeight: another.implicitHeight + 18
        Strip {
          id: another
          width: parent.width
          glyph: "network"
          mark: Theme.caution
          color: Theme.cautionSoft
          title: root.relay.shown.anotherTitle
          advice: root.relay.shown.anotherAdvice
          PushButton {
            text: qsTr("Join it")
            Accessible.description: root.relay.shown.anotherTitle
            onClicked: {
              onOff.forceActiveFocus(Qt.OtherFocusReason);  // the strip goes
              root.relay.joinAnother();
            }
          }
        }
      }
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

      RelayPicture {
        relay: root.relay
        guests: root.guests
        wide: root.wide
        width: root.wide ? parent.width - 304 : parent.width
        height: root.wide ? 300 : 264

        // In the place of the people: beside the link, and all of it in sight.
        Rectangle {
          anchors.fill: parent
          visible: codeHere.active
          radius: parent.radius
          color: Theme.hall
        }
        Loader {
          id: codeHere
          anchors.centerIn: parent
          active: root.wide && side.showsCode
          sourceComponent: QrCard {
            link: root.relay.shown.link
          }
        }
      }
      RelaySide {
        id: side
        wide: root.wide
        width: root.wide ? 284 : parent.width
        relay: root.relay
        access: root.access
      }
    }
    Words {
      visible: people.visible
      topPadding: 14
      bottomPadding: 4
      text: qsTr("Connected now")
      font.weight: Font.DemiBold
      Accessible.role: Accessible.Heading
    }
    Grid {
      id: people
      width: parent.width
      visible: root.relay.shown.serving && root.guests.lines.length > 0
      columns: root.wide ? 3 : 1
      columnSpacing: 16
      rowSpacing: 3

      readonly property real each: (width - (columns - 1) * columnSpacing) / columns

      Repeater {
        model: root.guests.lines
        Words {
          required property string modelData
          width: people.each
          text: modelData
          color: Theme.text2
          font.pixelSize: Theme.small
        }
      }
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
      id: below
      // Beside the sentence only where that has room left.
      readonly property real beside: width - stops.width - spacing
      width: parent.width
      spacing: 12
      Row {
        spacing: 10
        width: root.wide && stops.visible && below.beside >= 260 ? below.beside : below.width
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
      Grid {
        id: stops
        columns: root.wide ? 3 : 1
        verticalItemAlignment: Grid.AlignVCenter
        visible: root.relay.shown.serving || (root.relay.shown.stopping && root.relay.shown.calls > 0)
        spacing: 8
        Words {
          visible: root.relay.shown.calls > 0
          rightPadding: 8
          text: qsTr("%1 on this relay").arg(root.relay.shown.callsText)
          color: Theme.text2
          font.pixelSize: Theme.small
        }
        PushButton {
          visible: root.relay.shown.calls > 0 && !root.relay.shown.stopping
          text: qsTr("Stop when the calls end")
          onClicked: root.relay.stopWhenCallsEnd()
        }
        PushButton {
          kind: PushButton.DangerSoft
          text: root.relay.shown.calls > 0 ? qsTr("Stop now, calls drop") : qsTr("Stop now")
          onClicked: root.relay.stopNow()
        }
      }
    }
    Item {
      width: 1
      height: 26
    }
    RelayInvites {
      width: parent.width
      access: root.access
      serving: root.relay.shown.serving
    }
    Item {
      width: 1
      height: 26
    }
    RelayOptions {
      width: parent.width
      access: root.access
      off: !root.relay.shown.on && !root.relay.shown.stopping
    }
    Item {
      width: 1
      height: 20
      visible: log.visible
    }
    RelayLog {
      id: log
      width: parent.width
      visible: root.access.runs.length > 0
      access: root.access
    }
  }
}
