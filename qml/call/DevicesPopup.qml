// Microphone and speakers during a call; changed at once, the call goes on.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

T.Popup {
  id: root

  required property AudioPresenter audio

  width: 320
  height: column.implicitHeight + 32
  padding: 16
  focus: true
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.lineStrong
  }
  contentItem: Column {
    id: column
    spacing: 8
    Words {
      text: qsTr("Microphone")
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      Accessible.ignored: true
    }
    ChoiceBox {
      width: parent.width
      label: qsTr("Microphone")
      glyph: "mic"
      none: root.audio.known ? qsTr("No microphone") : qsTr("Looking…")
      focus: true
      model: root.audio.inputs
      currentIndex: root.audio.inputs.currentIndex
      onActivated: index => root.audio.selectInput(index)
    }
    Words {
      text: qsTr("Speakers")
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      topPadding: 8
      Accessible.ignored: true
    }
    ChoiceBox {
      width: parent.width
      label: qsTr("Speakers")
      glyph: "speaker"
      none: root.audio.known ? qsTr("No speakers") : qsTr("Looking…")
      model: root.audio.outputs
      currentIndex: root.audio.outputs.currentIndex
      onActivated: index => root.audio.selectOutput(index)
    }
    Words {
      width: parent.width
      visible: root.audio.fault.length > 0
      text: root.audio.fault + ". " + root.audio.faultAdvice
      color: Theme.caution
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
  }
}
