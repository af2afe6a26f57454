// What the check of the network found, in rows of a sign, a word and what it means; what the person
// can do; the same as text.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property NetworkPresenter network
  readonly property bool wide: width >= 700

  topPadding: 8
  spacing: 12

  Flow {
    width: parent.width
    spacing: 8
    Words {
      width: root.wide ? parent.width - tools.width - 8 : parent.width
      height: root.wide ? 36 : implicitHeight
      verticalAlignment: Text.AlignVCenter
      text: root.network.when
      color: Theme.text2
      Accessible.role: Accessible.StatusBar
    }
    Row {
      id: tools
      spacing: 8
      PushButton {
        visible: root.network.done
        glyph: "copy"
        text: qsTr("Copy report")
        onClicked: root.network.copyReport()
      }
      PushButton {
        kind: PushButton.Primary
        glyph: "refresh"
        enabled: !root.network.running
        text: root.network.done ? qsTr("Check again") : qsTr("Check the network")
        onClicked: root.network.check(false)
      }
    }
  }
  Rectangle {
    id: bar
    visible: root.network.running
    width: parent.width
    height: 6
    radius: 3
    color: Theme.sunken
    Accessible.role: Accessible.ProgressBar
    Accessible.name: root.network.when
    Rectangle {
      width: Math.max(height, bar.width * root.network.progress)
      height: parent.height
      radius: 3
      color: Theme.accent
    }
  }
  Words {
    visible: root.network.running && root.network.done
    width: parent.width
    text: qsTr("Until the new check is done, this is what the last one found.")
    color: Theme.text2
    font.pixelSize: Theme.small
    wrapMode: Text.WordWrap
  }
  Rectangle {
    width: parent.width
    height: Math.max(84, verdict.height + 32)
    radius: Theme.radiusCard
    color: Theme.hall
    Icon {
      x: root.wide ? 27 : 18
      anchors.verticalCenter: parent.verticalCenter
      name: root.network.glyph
      size: 28
      colour: root.network.severity === NetworkPresenter.Good ? Theme.hallOk : root.network.severity === NetworkPresenter.Note ? Theme.hallText : Theme.hallCaution
    }
    Column {
      id: verdict
      x: root.wide ? 82 : 62
      width: parent.width - x - 20
      anchors.verticalCenter: parent.verticalCenter
      spacing: 4
      Words {
        width: parent.width
        text: root.network.title
        color: Theme.hallText
        font.pixelSize: root.wide ? Theme.title : Theme.banner
        font.weight: Font.DemiBold
        wrapMode: Text.WordWrap
        Accessible.role: Accessible.AlertMessage
      }
      Words {
        width: parent.width
        visible: text.length > 0
        text: root.network.sentence
        color: Theme.hallText2
        wrapMode: Text.WordWrap
      }
    }
  }
  Column {
    width: parent.width
    visible: root.network.advice.length > 0 && !root.network.running
    spacing: 6
    Words {
      text: qsTr("What you can do")
      font.pixelSize: Theme.lead
      font.weight: Font.DemiBold
      topPadding: 4
      Accessible.role: Accessible.Heading
    }
    Repeater {
      model: root.network.advice
      Item {
        id: hint

        required property string modelData

        width: root.width
        height: said.height
        Rectangle {
          x: 6
          y: 8
          width: 5
          height: 5
          radius: 2.5
          color: Theme.text2
        }
        Words {
          id: said
          x: 24
          width: parent.width - x
          text: hint.modelData
          wrapMode: Text.WordWrap
        }
      }
    }
  }
  Column {
    width: parent.width
    visible: root.network.done
    Repeater {
      // A number and not the rows: they stay, their text changes.
      model: root.network.findings.length
      FindingRow {
        required property int index
        readonly property list<string> cells: root.network.findings[index]

        width: root.width
        wide: root.wide
        first: index === 0
        glyph: cells[0]
        title: cells[1]
        value: cells[2]
        meaning: cells[3]
      }
    }
  }
  SettingRow {
    visible: root.network.hasAddresses
    width: parent.width
    title: qsTr("Show addresses")
    advice: qsTr("Here and in the copied report. They tell where this computer is: give them only to people you trust.")
    isOn: root.network.addressesShown
    onWanted: isOn => root.network.addressesShown = isOn
  }
  Flow {
    width: parent.width
    visible: root.network.hasAddresses
    spacing: 8
    PushButton {
      glyph: "history"
      enabled: !root.network.running
      text: qsTr("Check for two minutes")
      onClicked: root.network.check(true)
    }
    Words {
      width: Math.min(implicitWidth, root.width)
      height: Math.max(36, implicitHeight)
      verticalAlignment: Text.AlignVCenter
      text: qsTr("Also measures how long your router keeps a silent connection open.")
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
  }
}
