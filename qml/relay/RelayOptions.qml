// How the relay here runs: with Foyer or by hand, on which port, how many people and how much sound.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property RelayAccess access
  property bool off: true  // it does not run

  component Choice: Item {
    id: choice

    required property string title
    required property string advice
    required property list<string> names
    required property int current
    readonly property bool wide: width >= 620

    signal chosen(int index)

    implicitHeight: wide ? Math.max(texts.height, 40) + 20 : texts.height + 60

    Rectangle {
      width: parent.width
      height: 1
      color: Theme.line
    }
    Column {
      id: texts
      y: 10
      width: choice.wide ? parent.width - segments.width - 16 : parent.width
      spacing: 2
      Words {
        width: parent.width
        text: choice.title
        font.weight: Font.DemiBold
        Accessible.ignored: true
      }
      Words {
        width: parent.width
        text: choice.advice
        color: Theme.text2
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
    }
    Segments {
      id: segments
      x: choice.wide ? parent.width - width : 0
      y: choice.wide ? 10 : texts.y + texts.height + 6
      label: choice.title
      names: choice.names
      current: choice.current
      onChosen: index => choice.chosen(index)
    }
  }

  Words {
    text: qsTr("How it runs")
    font.pixelSize: Theme.lead
    font.weight: Font.DemiBold
    bottomPadding: 8
    Accessible.role: Accessible.Heading
  }
  SettingRow {
    width: parent.width
    title: qsTr("Start with Foyer")
    advice: qsTr("The relay starts and stops with Foyer.")
    isOn: root.access.startsWithFoyer
    onWanted: isOn => root.access.startsWithFoyer = isOn
  }
  SettingRow {
    width: parent.width
    title: qsTr("Announce it on this network")
    advice: qsTr("Others on this network find it by themselves, under your name. Takes effect at the next start.")
    isOn: root.access.announces
    onWanted: isOn => root.access.announces = isOn
  }
  Item {
    width: parent.width
    height: portTexts.height + 66 + (portFault.visible ? portFault.height + 6 : 0)

    Rectangle {
      width: parent.width
      height: 1
      color: Theme.line
    }
    Column {
      id: portTexts
      y: 10
      width: parent.width
      spacing: 2
      Words {
        text: qsTr("UDP port")
        font.weight: Font.DemiBold
        Accessible.ignored: true
      }
      Words {
        width: parent.width
        text: root.access.port.length === 0 ? qsTr("The first start picks a free one and keeps it, because links contain it.") : root.off ? qsTr("Links you have shared contain it. With another port people need a new link.") : qsTr("Links you have shared contain it. To change it, stop the relay first.")
        color: Theme.text2
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
    }
    TextBox {
      id: portBox
      y: portTexts.y + portTexts.height + 8
      width: 140
      label: qsTr("UDP port of the relay")
      placeholderText: qsTr("any")
      text: root.access.port
      enabled: root.off
      faulty: root.access.portError.length > 0
      maximumLength: 5
      inputMethodHints: Qt.ImhDigitsOnly
      onTextEdited: root.access.forgetPortError()
      onAccepted: root.access.choosePort(text)
    }
    PushButton {
      x: portBox.width + 8
      y: portBox.y + 2
      visible: root.off && portBox.text !== root.access.port
      text: qsTr("Use this port")
      onClicked: root.access.choosePort(portBox.text)
    }
    Words {
      id: portFault
      y: portBox.y + portBox.height + 6
      width: parent.width
      visible: text.length > 0
      text: root.access.portError
      color: Theme.danger
      font.pixelSize: Theme.small
      Accessible.role: Accessible.AlertMessage
    }
  }
  Choice {
    width: parent.width
    title: qsTr("Most people at once")
    advice: qsTr("Including you. Anyone beyond that is told the relay is full.")
    names: root.access.peopleNames
    current: root.access.people
    onChosen: index => root.access.choosePeople(index)
  }
  Choice {
    width: parent.width
    title: qsTr("Data limit per person")
    advice: qsTr("What each person sends through this relay, headers included. Anything above is dropped, and calls then send less.")
    names: root.access.rateNames
    current: root.access.rate
    onChosen: index => root.access.chooseRate(index)
  }
}
