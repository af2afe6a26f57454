// The words to compare: digits and words, three answers, and what both sides have said.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property CallPresenter call
  readonly property bool narrow: width < 640
  // Beside the diagnostics: the words have a line of their own, nothing of them may be cut off.
  readonly property bool tight: width < 352
  readonly property bool differs: call.shown.sas === CallPresenter.Differs
  // The other side says so: the answer is still this side's to give.
  readonly property bool disputed: call.shown.sas === CallPresenter.Disputed
  readonly property bool alarming: differs || disputed
  readonly property color ink: alarming ? Theme.danger : Theme.hallText
  readonly property color faint: alarming ? Theme.text2 : Theme.hallText2

  implicitHeight: narrow ? secret.height + answers.height + 28 : 92
  radius: Theme.radiusCard
  color: alarming ? Theme.dangerSoft : Theme.hallRaised
  Accessible.role: Accessible.Grouping
  Accessible.name: root.call.shown.sasQuestion + " " + root.call.shown.digits + ", " + root.call.shown.words + ". " + root.call.shown.sasStatus

  Column {
    id: secret
    x: 20
    y: root.narrow ? 10 : (root.height - height) / 2
    width: root.narrow ? parent.width - 40 : parent.width - answers.width - 52
    spacing: 2
    Words {
      width: parent.width
      text: root.call.shown.sasQuestion
      color: root.alarming ? Theme.danger : Theme.hallText2
      font.pixelSize: Theme.small
      font.weight: root.alarming ? Font.DemiBold : Font.Normal
      wrapMode: root.tight ? Text.WordWrap : Text.NoWrap
    }
    Row {
      spacing: 18
      Words {
        anchors.verticalCenter: parent.verticalCenter
        text: root.call.shown.digits
        color: root.ink
        font.pixelSize: root.narrow ? 30 : Theme.code
        font.weight: Font.DemiBold
        font.letterSpacing: 2
      }
      Rectangle {
        visible: !root.tight
        anchors.verticalCenter: parent.verticalCenter
        width: 2
        height: 28
        color: root.alarming ? Theme.danger : Theme.hallLine
      }
      Words {
        visible: !root.tight
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, secret.width - x)
        text: root.call.shown.words
        color: root.ink
        font.pixelSize: root.narrow ? 22 : 26
        font.weight: Font.Medium
      }
    }
    Words {
      visible: root.tight
      width: parent.width
      text: root.call.shown.words
      color: root.ink
      font.pixelSize: 22
      font.weight: Font.Medium
      wrapMode: Text.WordWrap
    }
  }
  Column {
    id: answers
    x: root.narrow ? 20 : root.width - width - 16
    y: root.narrow ? secret.y + secret.height + 6 : (root.height - height) / 2
    spacing: 6
    Flow {
      id: choices
      anchors.right: root.differs && !root.narrow ? parent.right : undefined
      width: root.narrow ? root.width - 40 : root.differs ? end.width : match.width + differ.width + (root.disputed ? end.width : later.width) + 2 * spacing
      spacing: 8
      PushButton {
        id: match
        visible: !root.differs
        kind: PushButton.Accept
        hallRing: !root.alarming
        glyph: "check"
        text: qsTr("They match")
        onClicked: root.call.wordsMatch()
      }
      PushButton {
        id: differ
        visible: !root.differs
        kind: root.disputed ? PushButton.DangerSoft : PushButton.HallOutline
        text: qsTr("They differ")
        onClicked: root.call.wordsDiffer()
      }
      PushButton {
        id: later
        visible: !root.alarming
        kind: PushButton.HallQuiet
        text: qsTr("Later")
        onClicked: root.call.putOffWords()
      }
      PushButton {
        id: end
        // After this person's own answer alone: else a key that was on its way would end the call.
        readonly property bool isDefault: visible && root.differs

        visible: root.alarming
        kind: PushButton.Danger
        glyph: "hang-up"
        text: qsTr("End call")
        onClicked: root.call.hangUp()
        onIsDefaultChanged: if (isDefault)
          forceActiveFocus(Qt.TabFocusReason)
      }
    }
    Words {
      width: Math.min(implicitWidth, root.narrow ? root.width - 40 : root.disputed ? choices.width : root.width / 2)
      text: root.call.shown.sasStatus
      color: root.faint
      font.pixelSize: Theme.cap
      horizontalAlignment: root.differs && !root.narrow ? Text.AlignRight : Text.AlignLeft
      wrapMode: root.tight || root.disputed ? Text.WordWrap : Text.NoWrap
    }
  }
}
