// A call on its way: whom, how far, with which key, and Cancel.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property CallPresenter call
  readonly property bool small: width < 620 || height < 560

  function phaseOf(step: int): int {
    const stage = root.call.shown.stage;
    return step < stage ? Steps.Done : step === stage ? Steps.Now : Steps.Waiting;
  }

  Column {
    anchors.horizontalCenter: parent.horizontalCenter
    y: Math.max(16, (parent.height - height) / 2)
    width: Math.min(520, parent.width - 40)
    spacing: 0

    RingingArches {
      anchors.horizontalCenter: parent.horizontalCenter
      initials: root.call.shown.initials
      hue: root.call.shown.hue
      ringing: root.call.shown.stage === CallPresenter.Ringing || root.call.shown.stage === CallPresenter.Calling
      doorWidth: root.small ? 60 : 84
      doorHeight: root.small ? 78 : 110
      gap: root.small ? 12 : 18
    }
    Words {
      width: parent.width
      topPadding: 22
      horizontalAlignment: Text.AlignHCenter
      text: root.call.shown.title
      color: Theme.hallText
      font.pixelSize: root.small ? 22 : Theme.display
      font.weight: Font.DemiBold
      font.letterSpacing: -0.4
      wrapMode: Text.WordWrap
      Accessible.role: Accessible.Heading
    }
    Item {
      width: 1
      height: tag.visible ? 8 : 0
    }
    KeyTag {
      id: tag
      anchors.horizontalCenter: parent.horizontalCenter
      hall: true
      tag: root.call.shown.tag
    }
    Words {
      width: parent.width
      topPadding: 6
      bottomPadding: root.small ? 16 : 30
      horizontalAlignment: Text.AlignHCenter
      text: root.call.clock.length > 0 ? root.call.shown.sentence + " · " + root.call.clock : root.call.shown.sentence
      color: Theme.hallText2
      wrapMode: Text.WordWrap
    }
    Steps {
      x: (parent.width - childrenRect.width) / 2  // also where it has two lines
      width: Math.min(488, parent.width)
      hall: true
      dash: root.small ? 16 : 40
      names: [qsTr("Calling"), qsTr("Ringing"), qsTr("Securing"), qsTr("In call")]
      states: [root.phaseOf(CallPresenter.Calling), root.phaseOf(CallPresenter.Ringing), root.phaseOf(CallPresenter.Securing), root.phaseOf(CallPresenter.Active)]
    }
    Item {
      width: 1
      height: root.small ? 16 : 30
    }
    Rectangle {
      width: parent.width
      height: keys.height + 24
      radius: Theme.radiusCard
      color: Theme.hallRaised
      Icon {
        x: 22
        anchors.verticalCenter: parent.verticalCenter
        name: root.call.shown.suspect ? "warning" : root.call.shown.verified ? "verified" : "unverified"
        size: 20
        colour: root.call.shown.suspect ? Theme.hallDanger : root.call.shown.verified ? Theme.hallOk : Theme.hallText2
      }
      Column {
        id: keys
        x: 56
        y: 12
        width: parent.width - x - 12
        spacing: 3
        Words {
          width: parent.width
          text: root.call.shown.keyTitle
          color: Theme.hallText
          font.weight: Font.DemiBold
          wrapMode: Text.WordWrap
        }
        Words {
          width: parent.width
          text: root.call.shown.keyText
          color: Theme.hallText2
          font.family: "monospace"
          font.pixelSize: Theme.small
        }
      }
    }
    Item {
      width: 1
      height: root.small ? 20 : 40
    }
    PushButton {
      anchors.horizontalCenter: parent.horizontalCenter
      width: 160
      height: 44
      kind: PushButton.Danger
      hallRing: true
      glyph: "hang-up"
      text: qsTr("Cancel")
      hint: qsTr("Esc")
      onClicked: root.call.hangUp()
    }
  }
}
